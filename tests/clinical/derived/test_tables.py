"""Every row of the tables: what is computed, and what becomes of it when an input is missing or stale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from service.clinical.derived.registry import Rule
from service.clinical.derived.rules import RULES
from service.clinical.values import Fact, Interval, State, Value
from tests.clinical.derived.possible import may_be, still_allows
from tests.clinical.derived.table import ROW_IDS, ROWS, TODAY, Row

Compute = Callable[[Mapping[str, Fact]], dict[str, Fact]]
each_row = pytest.mark.parametrize("row", ROWS, ids=ROW_IDS)

BY_FACT = {rule.fact: rule for rule in RULES}
SILENCE_ANSWERS = {
    "transplant_intent": "a silent order means false",
    "ecog": "the other of two recordings stands",
    "macrovascular_invasion": "the other of two recordings stands",
    "pvt_type4_without_uptake": "the trunk counts as patent unless recorded otherwise",
    "resected_fraction": "the standardised share takes the place of the measured one",
}
"""Facts that are settled without an input by their definition, so that its absence is an answer."""

STANDS_STALE = frozenset({"child_pugh"})
"""Handed in without a source it stands, and is not computed from its items when it is stale."""


@each_row
def test_it_computes(row: Row, compute: Compute) -> None:
    found = compute(row.facts)[row.fact]
    assert agrees(found, row.expect), found
    assert set(row.marks) <= set(found.marks)


def agrees(found: Fact, expect: Any) -> bool:
    if expect == "unknown":
        return found.state is State.UNKNOWN
    if isinstance(expect, list):
        return found.state is State.ONE_OF and [_written(value) for value in found.values] == expect
    if expect[0] in "<>":
        return found.state is State.INTERVAL and _as_written(found.interval) == expect
    return found.state is State.KNOWN and _same(found.value, expect)


def _written(value: Value) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _same(value: Value | None, expect: str) -> bool:
    """Numbers agree to the digits that the table writes."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(expect)) == Decimal(expect)
    return value is not None and _written(value) == expect


def _as_written(interval: Interval | None) -> str:
    assert interval is not None
    if interval.low is not None:
        return f">={interval.low}" if interval.low_included else f">{interval.low}"
    return f"<={interval.high}" if interval.high_included else f"<{interval.high}"


def asked_for(row: Row) -> list[str]:
    if row.fact in SILENCE_ANSWERS or row.fact in row.given:
        return []
    return [name for name in row.facts if name in BY_FACT[row.fact].inputs]


@each_row
def test_it_never_excludes_the_truth_when_an_input_is_missing(row: Row, compute: Compute) -> None:
    complete = compute(row.facts)[row.fact]
    for name in asked_for(row):
        without = {other: fact for other, fact in row.facts.items() if other != name}
        assert still_allows(compute(without)[row.fact], complete), name


@each_row
def test_it_treats_a_stale_input_as_missing(row: Row, compute: Compute, judge_of: Callable[[str], int | None]) -> None:
    for name, fact in row.facts.items():
        judge = judge_of(name)
        if judge is None or name in {row.fact, *STANDS_STALE} or row.fact == "hvpg_measured":
            continue  # an old measurement of the pressure is on record too
        stale = fact._replace(on=TODAY - timedelta(days=judge + 1))
        without = {other: each for other, each in row.facts.items() if other != name}
        assert may_be(compute({**row.facts, name: stale})[row.fact]) == may_be(compute(without)[row.fact]), name


@each_row
def test_it_uses_an_input_on_the_last_day_of_its_window(
    row: Row, compute: Compute, judge_of: Callable[[str], int | None]
) -> None:
    expected = may_be(compute(row.facts)[row.fact])
    old = {
        name: fact._replace(on=TODAY - timedelta(days=judge_of(name) or 0)) if fact.on == TODAY else fact
        for name, fact in row.facts.items()
    }
    assert may_be(compute(old)[row.fact]) == expected


@pytest.mark.parametrize("rule", RULES, ids=[rule.fact for rule in RULES])
def test_it_stands_in_a_table_with_a_settled_answer(rule: Rule) -> None:
    settled = [row for row in ROWS if row.fact == rule.fact and isinstance(row.expect, str) and row.expect != "unknown"]
    assert settled


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.inputs], ids=lambda rule: rule.fact)
def test_it_is_unknown_or_the_definition_of_silence_without_any_input(rule: Rule, compute: Compute) -> None:
    found = compute({})[rule.fact]
    assert found.state is State.UNKNOWN or rule.fact in SILENCE_ANSWERS
    assert found.reason or found.state is State.KNOWN
