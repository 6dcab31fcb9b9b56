"""Days since what never happened: only a person can say so, and saying nothing stays unknown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.clinical.dictionary import FACTS
from service.clinical.values import NEVER, Fact, State
from service.codes.own import FACTS_SYSTEM, VALUES_SYSTEM
from service.rules.wording import fact_text
from tests.fhir.making import FHIR, answers, chart, concept, fact, item, order, own, read, value

MI = "days_since_mi"
CODED = {"valueCoding": {"system": VALUES_SYSTEM, "code": "never"}}
AGES = [name for name, row in FACTS.items() if row.type == "date_age"]


def detail(name: str, *codes: str, text: str | None = None) -> FHIR:
    return concept((FACTS_SYSTEM, name), *((VALUES_SYSTEM, code) for code in codes), text=text)


def ordered(*record: FHIR, **more: Any) -> Fact:
    return chart(read(*record), order(**more)).fact(MI)


@pytest.mark.parametrize("name", AGES)
def test_it_reads_never_from_our_own_code(name: str) -> None:
    assert fact(name, own(name, valueCodeableConcept=value("never"))).value == NEVER
    assert fact(name, own(name, valueString="Never")).value == NEVER


@pytest.mark.parametrize("link", [MI, f"{MI}-never"])
def test_it_reads_never_from_the_questionnaire(link: str) -> None:
    found = fact(MI, answers(item(link, **CODED)))
    assert (found.value, fact_text(found), str(found.on)) == (NEVER, "never", "2026-11-20")


@pytest.mark.parametrize("given", [detail(MI, "never"), detail(MI, text="never")])
def test_it_reads_never_from_the_order(given: FHIR) -> None:
    assert ordered(orderDetail=[given]).value == NEVER


@pytest.mark.parametrize(
    "element",
    [{"valueBoolean": False}, {"valueBoolean": True}, {"valueString": "no"}, {"valueString": "never had one"}, {}],
)
def test_it_takes_nothing_else_for_never(element: dict[str, Any]) -> None:
    assert fact(MI, own(MI, **element)).is_unknown


def test_it_knows_nothing_of_what_nobody_answered() -> None:
    assert ordered().reason == "not recorded"
    assert ordered(orderDetail=[detail(MI)]).is_unknown
    assert fact(MI, answers(item(f"{MI}-never", valueBoolean=True))).is_unknown


def test_it_does_not_know_when_an_undated_never_was_said() -> None:
    assert fact(MI, answers(item(f"{MI}-never", **CODED), on=None)).reason == "date not recorded"


def test_it_gives_way_to_what_happened_later() -> None:
    said = answers(item(f"{MI}-never", **CODED), on="2026-09-01")
    later = own(MI, on="2026-11-10", valueDateTime="2026-11-02")
    assert fact(MI, said, later).value == Decimal(20)


def test_it_shows_both_where_a_date_and_never_are_answered() -> None:
    both = answers(item(MI, valueDate="2026-11-02"), item(f"{MI}-never", **CODED))
    found = fact(MI, both)
    assert (found.state, fact_text(found)) == (State.ONE_OF, "20 days or never")


@pytest.mark.parametrize("name", ["bilirubin", "lesion_count", "ablatable", "ascites", "chemotherapy_weeks"])
def test_it_has_no_meaning_for_other_facts(name: str) -> None:
    assert fact(name, own(name, valueCodeableConcept=value("never"))).is_unknown
