"""Whatever is recorded under our own code of any fact, no exception follows, and no number without its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.clinical.values import Fact
from service.codes.own import FACTS_SYSTEM, VALUES_SYSTEM
from service.fhir.definitions import DEFINITIONS, is_named
from service.fixture_building.given import is_plain
from service.rules.wording import fact_text
from tests.fhir.making import FHIR, TODAY, UCUM, answers, chart, concept, item, order, own, read, value

NAMES = sorted(DEFINITIONS)
NUMBERS = [name for name in NAMES if DEFINITIONS[name].is_number and is_named(name)]
NO_NUMBERS = ("NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1_0", "٣", "1..2", "NaN..2", "0x10")


def amounts(unit: str) -> list[FHIR]:
    """Quantities in the fact's unit, in another one, and without any."""
    plain = {"value": 3}
    units: list[FHIR] = [{"unit": each} for each in (unit or "1", "furlong", "%")]
    coded: list[FHIR] = [{"system": UCUM, "code": each} for each in (unit or "1", "furlong", "1")]
    return [plain, {"value": 3, "comparator": ">"}, *({**plain, **each} for each in (*units, *coded))]


def elements(unit: str) -> list[dict[str, Any]]:
    ranges = [{"low": low, "high": high} for low in amounts(unit)[:4] for high in amounts(unit)[:4]]
    return [
        *({"valueQuantity": each} for each in amounts(unit)),
        *({"valueRange": each} for each in ranges),
        *({"valueString": text} for text in ("3", f"3 {unit}", f">3 {unit}", "3 furlong", "never", "x")),
        *({"valueCodeableConcept": value(code)} for code in (*NO_NUMBERS, "3", "never", "true", "none")),
        {"valueInteger": 3},
        {"valueBoolean": True},
        {"valueBoolean": False},
        {"valueDateTime": "2026"},
        {"valueDateTime": "2031-01-01"},
        {},
    ]


@pytest.mark.parametrize("name", NAMES)
def test_it_makes_a_chart_of_whatever_is_recorded(name: str) -> None:
    given = elements(DEFINITIONS[name].unit)
    observed = [own(name, key=f"o{number}", **element) for number, element in enumerate(given)]
    answered = [
        item(name, **element) for element in given if not element.keys() & {"valueRange", "valueCodeableConcept"}
    ]
    record = read(*observed, answers(*answered, on="2026-11-20"))
    assert chart(record, order(supportingInfo=[{"reference": "Observation/o1"}])).facts
    for reading in record.tally.readings.get(name, ()):
        fact_text(reading.fact)


def stated(name: str, *codes: str, text: str | None = None) -> Fact:
    detail = concept((FACTS_SYSTEM, name), *((VALUES_SYSTEM, code) for code in codes), text=text)
    return chart(read(), order(orderDetail=[detail])).fact(name)


@pytest.mark.parametrize("code", NO_NUMBERS)
@pytest.mark.parametrize("name", ["bilirubin", "lesion_count", "days_since_mi", "ecog"])
def test_it_takes_no_code_for_a_number_that_is_not_plainly_one(name: str, code: str) -> None:
    assert stated(name, code).is_unknown


def test_it_takes_a_code_that_is_plainly_a_number() -> None:
    assert stated("lesion_count", "3").value == Decimal(3)


@pytest.mark.parametrize("name", NUMBERS)
def test_it_never_guesses_what_a_unit_means(name: str) -> None:
    for kind in ({"unit": "furlong"}, {"system": UCUM, "code": "furlong"}):
        assert found(name, {"value": 3, **kind}).reason == "unit not understood"
    assert stated(name, text="3 furlong").is_unknown


@pytest.mark.parametrize("name", NUMBERS)
def test_it_takes_a_number_without_a_unit_only_where_the_fact_has_none(name: str) -> None:
    unit = DEFINITIONS[name].unit
    plain = is_plain(unit) and unit != "{xULN}"
    assert (found(name, {"value": 3}).reason == "no unit") is not plain


def found(name: str, quantity: FHIR) -> Fact:
    return read(own(name, on=TODAY.isoformat(), valueQuantity=quantity)).facts[name]
