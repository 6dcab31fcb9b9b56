"""Charts for the therapy files: a patient on whom every criterion that can change a status is favourable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import pytest

from service.clinical.chart import Chart
from service.clinical.compare import Limit, holds
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Value, known, unknown
from service.rules.decision import Decision
from service.rules.engine import evaluate
from service.rules.loader import load
from service.rules.model import Comparison, Kind, Knowledge, Therapy
from service.thresholds.sets import ThresholdSet

TODAY = date(2026, 11, 1)
WEIGHTY = {Kind.ABSOLUTE, Kind.REQUIRED, Kind.RELATIVE}
STEP = {"cm": Decimal("0.1"), "mg/dL": Decimal("0.1"), "g/dL": Decimal("0.1")}
Judge = Callable[..., Decision]

KNOWLEDGE = load()
DEFAULTS = {name: threshold.default for name, threshold in KNOWLEDGE.thresholds.items()}

ORDER: dict[str, Value] = {
    "order_phase": "therapy",
    "access_site": "femoral",
    "treatment_extent": "segmental",
    "planned_drug": "doxorubicin",
    "label_region": "us",
    "cirrhosis": True,
    "child_pugh_b_exception": False,
    "bilirubin_exception": False,
    "transplant_intent": False,
    "transplant_listed": False,
    "embolisation_sessions": Decimal(0),
    "anthracycline_cumulative": Decimal(0),
    "systemic_therapy_planned": False,
    "tace_ablation_combination_planned": False,
    "chronic_dialysis": False,
    "childbearing_possible": False,
    "general_anaesthesia_planned": True,
    "bclc_stage": "B",
    "extrahepatic_disease": "none",
    "treatment_goal": "control",
    "dose_escalation_planned": False,
    "radiation_lobectomy_planned": False,
    "largest_lesion": Decimal("2.5"),
}
"""What the order and the patient are; everything else is chosen by the criteria."""


def favourable(therapy: Therapy, tumour: str) -> dict[str, Value]:
    """Values under which every absolute, required and relative criterion of the therapy is met."""
    values: dict[str, Value] = {**ORDER, "target_tumour": tumour, "ordered_therapy": therapy.id}
    if tumour != "hcc":
        values["cirrhosis"] = False
    if therapy.id == "layered-tace":
        values["bclc_stage"] = "C"
    for name, comparisons in _wanted(therapy, values).items():
        values.setdefault(name, _value(name, comparisons))
    return values


def _wanted(therapy: Therapy, values: Mapping[str, Value]) -> dict[str, list[Comparison]]:
    included = [each for each in therapy.inclusions if _may_hold(each.conditions, values)]
    rows = [row for each in included for row in each.criteria if _may_hold(row.only_if, values)]
    replaced = {name for row in rows if _surely_holds(row.only_if, values) for name in row.replaces}
    wanted: dict[str, list[Comparison]] = {}
    for row in rows:
        if row.kind in WEIGHTY and row.id not in replaced:
            for test in row.tests:
                wanted.setdefault(test.fact, []).append(test)
    return wanted


def _may_hold(conditions: tuple[Comparison, ...], values: Mapping[str, Value]) -> bool:
    return all(holds(_fact(each.fact, values), each.op, _limit(each)) is not False for each in conditions)


def _surely_holds(conditions: tuple[Comparison, ...], values: Mapping[str, Value]) -> bool:
    return all(holds(_fact(each.fact, values), each.op, _limit(each)) is True for each in conditions)


def _fact(name: str, values: Mapping[str, Value]) -> Fact:
    return known(name, values[name], on=TODAY) if name in values else unknown(name)


def _limit(comparison: Comparison) -> Limit:
    if comparison.threshold is None:
        assert comparison.limit is not None
        return comparison.limit
    return DEFAULTS[comparison.threshold]


def _value(name: str, comparisons: list[Comparison]) -> Value:
    for candidate in _candidates(name, comparisons):
        if all(holds(known(name, candidate), each.op, _limit(each)) for each in comparisons):
            return candidate
    raise AssertionError(f"no value of {name} meets {[(each.op, _limit(each)) for each in comparisons]}")


def _candidates(name: str, comparisons: list[Comparison]) -> Iterator[Value]:
    definition = FACTS[name]
    if definition.type == "boolean":
        yield from (True, False)
    elif definition.type == "coded":
        yield from definition.values
    else:
        limits = [limit for each in comparisons if isinstance(limit := _limit(each), Decimal)]
        step = STEP.get(definition.unit, Decimal(1))
        yield from (limit + offset for limit in limits for offset in (Decimal(0), step, -step))


def chart(values: Mapping[str, Value | None]) -> Chart:
    """None removes a fact."""
    facts = {name: known(name, value, on=TODAY) for name, value in values.items() if value is not None}
    return Chart(facts)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return KNOWLEDGE


@pytest.fixture(scope="session")
def judge() -> Judge:
    """judge("ctace", "hcc", bilirubin=Decimal("2.1")): the favourable patient with single facts changed."""

    def decide(therapy_id: str, tumour: str, /, **changed: Value | None) -> Decision:
        therapy = KNOWLEDGE.therapies[therapy_id]
        values = {**favourable(therapy, tumour), **changed}
        return evaluate(therapy, chart(values), ThresholdSet.of(DEFAULTS), TODAY)

    return decide
