"""Charts and single rules for the tests of alternatives; the figures are those of the sources (tests/data)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from service.alternatives.engine import suggest
from service.alternatives.loader import load as load_rules
from service.alternatives.model import Rulebook
from service.clinical.derive import derive
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Origin, Value, known, unknown
from service.rules.decision import Alternative
from service.rules.loader import load
from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet, defaults

TODAY = date(2026, 11, 1)
SOURCES: dict[str, dict[str, Any]] = {
    row["id"]: row for row in json.loads((Path(__file__).parents[1] / "data" / "alternatives.json").read_text())
}
STAGED: dict[str, Value] = {
    "extrahepatic_disease": "none",
    "lesion_count": Decimal(2),
    "largest_lesion": Decimal("2.0"),
}
COMBINATION = "tace_ablation_combination_planned"
Given = Mapping[str, Value | int | str | Fact | None]


@cache
def knowledge() -> Knowledge:
    return load()


@cache
def rulebook() -> Rulebook:
    return load_rules(knowledge())


@cache
def in_force() -> ThresholdSet:
    return defaults(knowledge())


def only(rule: str) -> Rulebook:
    """The rulebook with one rule."""
    return replace(rulebook(), rules=tuple(each for each in rulebook().rules if each.id == rule))


def fact(name: str, value: Value | int | str | Fact | None, on: date = TODAY) -> Fact:
    """None: surely not computable, so that no value comes back from other facts."""
    if value is None:
        return unknown(name)._replace(origin=Origin.COMPUTED)
    if isinstance(value, Fact):
        return value
    number = FACTS[name].is_number and not isinstance(value, bool)
    return known(name, Decimal(str(value)) if number else value, unit=FACTS[name].unit, on=on)


def chart(therapy: str, given: Given) -> dict[str, Fact]:
    order: Given = {"ordered_therapy": therapy, "order_phase": "therapy"}
    facts = {name: fact(name, value) for name, value in {**order, **given}.items()}
    return derive(facts, TODAY, knowledge().windows)


def named(therapy: str, given: Given, book: Rulebook | None = None) -> tuple[Alternative, ...]:
    return suggest(book or rulebook(), chart(therapy, given), therapy, in_force(), TODAY)


def texts(found: Iterable[Alternative]) -> list[str]:
    return [each.text for each in found]
