"""Gives the same charts to the service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from service.clinical.chart import Chart
from service.clinical.derive import derive
from service.clinical.dictionary import FACTS
from service.clinical.freshness import fresh
from service.clinical.values import NEVER, Fact, Interval, State, Value
from service.rules.engine import evaluate
from service.rules.loader import load
from service.rules.model import Knowledge, Therapy, ThresholdValue
from service.thresholds.sets import ThresholdSet, defaults
from tests.second.drawing import Drawn
from tests.second.sql import Table

TODAY = date(2026, 11, 1)
SI = Decimal("17.1")
CHANGED: dict[str, ThresholdValue] = {
    "arterial-fitness.max_ecog": Decimal(0),
    "tace.bclc_c_kind": "absolute",
    "arterial.hepatic_vein_invasion_kind": "absolute",
    "arterial-liver.max_bilirubin": Decimal("1.5"),
    "arterial-bleeding.inr_limit_femoral": Decimal("1.5"),
    "arterial-decompensation.meld_caution_from": Decimal(12),
    "percutaneous.min_fibrinogen_cld": Decimal(120),
    "future-remnant.max_sflr_pve_required_normal": Decimal(25),
    "arterial-kidney.creatinine_limit": Decimal("1.5"),
}
THERAPIES = ("ctace", "haic", "microwave", "pve")
SCORES = ("child_pugh", "liver_function", "albi_score", "malbi_grade", "meld_3_0", "bclc_stage")


@cache
def _knowledge() -> tuple[Knowledge, tuple[ThresholdSet, ThresholdSet]]:
    knowledge = load()
    standing = defaults(knowledge)
    return knowledge, (standing, ThresholdSet.of({**standing.values, **CHANGED}))


def answers(charts: Iterable[tuple[int, list[Drawn]]], rows: frozenset[tuple[str, str]]) -> dict[str, Table]:
    """Scores, findings and statuses as the SQL gives them, over `rows` (therapy, criterion) alone."""
    knowledge, sets = _knowledge()
    therapies = [_only(knowledge.therapies[name], rows) for name in THERAPIES]
    tables: dict[str, Table] = {"scores": {}, "findings": {}, "statuses": {}}
    for number, drawn in charts:
        facts = derive({each.name: fact(each) for each in drawn}, TODAY, knowledge.windows)
        tables["scores"][(number,)] = tuple(_judged(facts[name]) for name in SCORES)
        for therapy in therapies:
            decision = evaluate(therapy, Chart(facts), sets[number % 2], TODAY)
            for each in decision.findings:
                key = (number, therapy.id, each.criterion)
                tables["findings"][key] = (each.kind.value, each.outcome.value, each.missing.value)
            tables["statuses"][number, therapy.id] = (decision.status.value,)
    return tables


def _only(therapy: Therapy, rows: frozenset[tuple[str, str]]) -> Therapy:
    """The therapy with these rows of its own and no others."""
    kept = (
        replace(each, criteria=tuple(row for row in each.criteria if (therapy.id, row.id) in rows), notes=())
        for each in therapy.inclusions
    )
    return replace(therapy, inclusions=tuple(kept), knowledge=f"{therapy.knowledge} second")


def _judged(score: Fact) -> Fact:
    """Stale turned to unknown, as a criterion sees it: a recorded stage may be too old."""
    return fresh(score, _knowledge()[0].windows[FACTS[score.name].freshness], TODAY)


def fact(drawn: Drawn) -> Fact:
    common: dict[str, Any] = {
        "name": drawn.name,
        "unit": FACTS[drawn.name].unit if drawn.name in FACTS else "",
        "on": None if drawn.age is None else TODAY - timedelta(days=drawn.age),
        "source": "Observation/b1",
        "preliminary": drawn.preliminary,
    }
    if drawn.words:
        values = tuple(_value(drawn.name, word) for word in drawn.words)
        return (
            Fact(state=State.KNOWN, value=values[0], **common)
            if len(values) == 1
            else Fact(state=State.ONE_OF, values=values, **common)
        )
    return _number(drawn, common)


def _number(drawn: Drawn, common: dict[str, Any]) -> Fact:
    assert drawn.numbers is not None
    low, high, low_in, high_in = drawn.numbers
    if low is None or low != high:
        return Fact(state=State.INTERVAL, interval=Interval(low, high, low_in, high_in), **common)
    if drawn.unit == "umol/L":
        return Fact(state=State.KNOWN, value=low / SI, reported=f"{low} umol/L", **common)
    return Fact(state=State.KNOWN, value=low, **common)


def _value(name: str, word: str) -> Value:
    if word == "never":
        return NEVER
    if name in FACTS and FACTS[name].is_number:
        return Decimal(word)
    if word in {"true", "false"}:
        return word == "true"
    return word
