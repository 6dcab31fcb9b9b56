from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from service.clinical.compare import Op
from service.rules.loader import load
from service.rules.model import Criterion, Kind, Missing, When
from tests.second import service_side, sql
from tests.second.agreement import differences
from tests.second.comparing import Comparison, compared
from tests.second.patients import chart

CHARTS, SEED = 2_000, 20261101
IMPOSSIBLE = {("gen-stage-known", "not_met"), ("gen-dialysis", "met")}
"""A stage that is not settled is unknown, not unfavourable; who is not on dialysis sees nothing of the row on it."""


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    *_, last = compared(CHARTS, SEED)
    return last


def test_it_agrees_with_the_second_implementation_on_every_chart(comparison: Comparison) -> None:
    assert comparison.charts == CHARTS
    assert comparison.differences == []


def test_it_was_compared_on_every_outcome_of_every_criterion(comparison: Comparison) -> None:
    possible = {
        (therapy, criterion, outcome)
        for therapy, criterion, _ in comparison.outcomes
        for outcome in ("met", "not_met", "unknown")
        if (criterion, outcome) not in IMPOSSIBLE
    }
    assert possible - set(comparison.outcomes) == set()


def test_its_criteria_cover_every_form_of_the_grammar(comparison: Comparison) -> None:
    criteria = _criteria(frozenset((therapy, criterion) for therapy, criterion, _ in comparison.outcomes))
    comparisons = [each for criterion in criteria for each in (*criterion.tests, *criterion.only_if)]

    assert len(criteria) >= 20
    assert {each.op for each in comparisons} == set(Op)
    assert {criterion.kind for criterion in criteria} == set(Kind)
    assert {criterion.missing for criterion in criteria} == set(Missing)
    assert {criterion.when for criterion in criteria} == set(When)
    for form in (_any_of, _has_condition, _has_own_window, _replaces, _has_kind_threshold):
        assert any(map(form, criteria)), form.__name__


def test_the_comparison_notices_another_chart(tmp_path: Path) -> None:
    one, other = ([(0, chart(Random(seed)))] for seed in (1, 2))
    second = sql.answers(one, tmp_path)
    rows = frozenset((therapy, criterion) for _, therapy, criterion in second["findings"])

    kinds = Counter(line.split()[0] for line in differences(second, service_side.answers(other, rows)))

    assert set(kinds) == {"findings", "statuses", "chart"}


@cache
def _criteria(rows: frozenset[tuple[str, str]]) -> list[Criterion]:
    therapies = load().therapies
    return [
        criterion
        for therapy, wanted in sorted(rows)
        for inclusion in therapies[therapy].inclusions
        for criterion in inclusion.criteria
        if criterion.id == wanted
    ]


def _any_of(criterion: Criterion) -> bool:
    return len(criterion.tests) > 1


def _has_condition(criterion: Criterion) -> bool:
    return bool(criterion.only_if)


def _has_own_window(criterion: Criterion) -> bool:
    return bool(criterion.fresh)


def _replaces(criterion: Criterion) -> bool:
    return bool(criterion.replaces)


def _has_kind_threshold(criterion: Criterion) -> bool:
    return criterion.kind_threshold is not None
