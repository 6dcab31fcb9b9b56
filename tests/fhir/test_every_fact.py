"""Every fact can be answered by an order detail, a questionnaire answer and an Observation in our own codes."""

from decimal import Decimal
from typing import Any

import pytest

from service.clinical.dictionary import FACTS, FactDefinition
from service.clinical.values import Value
from service.codes.own import FACTS_SYSTEM, VALUES_SYSTEM
from service.fhir.moments import whole_day
from service.fhir.order_answers import order_answers
from service.fhir.tally import Tally
from tests.fhir.making import FHIR, TODAY, answers, concept, item, order, orders, own, quantity, read, value

FROM_CODES = {"ordered_therapy", "order_phase"}
ASKED = [name for name, row in FACTS.items() if row.freshness != "setting" and name not in FROM_CODES]


def example(row: FactDefinition) -> Value:
    if row.type == "boolean":
        return True
    if row.type == "coded":
        return row.values[-1]
    low, high = row.minimum or Decimal(0), row.maximum or Decimal(100)
    return Decimal(int((low + min(high, low + 20)) / 2)) if high - low >= 2 else high


def of_order(name: str, detail: FHIR) -> Value | None:
    record, [drafted] = read(), orders(order(orderDetail=[detail]))
    tally = Tally()
    order_answers(drafted, whole_day(TODAY, record.context.site.time_zone), record, record.context, tally)
    fact, _ = tally.settle(name)
    return None if fact is None else fact.value


@pytest.mark.parametrize("name", ASKED)
def test_it_reads_every_fact_from_an_order_detail(name: str) -> None:
    row = FACTS[name]
    wanted = example(row)
    if isinstance(wanted, Decimal):
        detail = concept((FACTS_SYSTEM, name), text=str(wanted) if row.unit == "1" else f"{wanted} {row.unit}")
    elif wanted is True:
        detail = concept((FACTS_SYSTEM, name))
    else:
        detail = concept((FACTS_SYSTEM, name), (VALUES_SYSTEM, str(wanted)))
    assert of_order(name, detail) == wanted


def given(row: FactDefinition, wanted: Value) -> dict[str, Any]:
    if isinstance(wanted, Decimal):
        return {"valueQuantity": quantity(float(wanted), row.unit)}
    return {"valueBoolean": wanted} if isinstance(wanted, bool) else {"valueCodeableConcept": value(wanted)}


@pytest.mark.parametrize("name", ASKED)
def test_it_reads_every_fact_from_our_own_codes_and_from_answers(name: str) -> None:
    row = FACTS[name]
    wanted = example(row)
    element = given(row, wanted)
    observed = read(own(name, on=TODAY.isoformat(), **element)).facts[name]
    assert (observed.value, observed.unit) == (wanted, row.unit)
    coded = element.pop("valueCodeableConcept", None)
    answered = element if coded is None else {"valueCoding": coded["coding"][0]}
    assert read(answers(item(name, **answered), on=TODAY.isoformat())).facts[name].value == wanted
