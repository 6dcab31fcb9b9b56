"""The packaged knowledge: it loads fast, is free of problems, and keeps the properties on every therapy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from service.clinical.chart import Chart
from service.clinical.compare import Limit, Op
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Value, known
from service.rules.check import check
from service.rules.decision import Decision, Status
from service.rules.engine import evaluate
from service.rules.loader import load, packaged_folder
from service.rules.model import Comparison, Knowledge, Therapy
from service.thresholds.sets import ThresholdSet, defaults

DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def packaged() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def in_force(packaged: Knowledge) -> ThresholdSet:
    return defaults(packaged)


def _decide(therapy: Therapy, facts: dict[str, Fact], thresholds: ThresholdSet) -> Decision:
    return evaluate(therapy, Chart(facts), thresholds, DAY)


def _comparisons(therapy: Therapy) -> Iterator[Comparison]:
    for inclusion in therapy.inclusions:
        yield from inclusion.conditions
        for criterion in inclusion.criteria:
            yield from criterion.only_if
            yield from criterion.tests


def _favourable(test: Comparison, limit: Limit) -> Value:
    """A value that meets the comparison."""
    step = {Op.BELOW: Decimal(-1), Op.ABOVE: Decimal(1)}.get(test.op, Decimal(0))
    if isinstance(limit, Decimal):
        return limit + step
    if isinstance(limit, bool):
        return limit if test.op is Op.IS else not limit
    allowed = limit if isinstance(limit, tuple) else (limit,)
    if test.op in {Op.IS, Op.ONE_OF}:
        return allowed[0]
    return next(value for value in FACTS[test.fact].values if value not in allowed)


def _mostly_favourable(therapy: Therapy, thresholds: ThresholdSet, chance: Random) -> dict[str, Fact]:
    """A chart that meets most criteria; of criteria that contradict each other, one by chance."""
    tests = list(_comparisons(therapy))
    chance.shuffle(tests)
    facts: dict[str, Fact] = {}
    for test in tests:
        limit = thresholds.values[test.threshold] if test.threshold is not None else test.limit
        assert limit is not None
        facts[test.fact] = known(test.fact, _favourable(test, limit), unit=FACTS[test.fact].unit, on=DAY)
    return facts


def test_it_has_no_problems() -> None:
    assert [str(problem) for problem in check(packaged_folder()).problems] == []


def test_no_therapy_is_clear_on_an_empty_chart(packaged: Knowledge, in_force: ThresholdSet) -> None:
    statuses = {name: _decide(therapy, {}, in_force).status for name, therapy in packaged.therapies.items()}

    assert {name for name, status in statuses.items() if status is not Status.NEEDS_DATA} == set()


def _speaking(therapy: Therapy, decision: Decision) -> set[str]:
    """Facts that spoke against the order, or that their criteria or a module are conditional on."""
    deciding = {finding.criterion for finding in decision.findings if finding.decides}
    rows = [row for inclusion in therapy.inclusions for row in inclusion.criteria if row.id in deciding]
    tests = [test for row in rows for test in (*row.tests, *row.only_if)]
    return {test.fact for test in (*tests, *(each for part in therapy.inclusions for each in part.conditions))}


@pytest.mark.parametrize("seed", range(8))
def test_removing_a_fact_that_speaks_for_the_order_never_improves_the_status(
    packaged: Knowledge, in_force: ThresholdSet, seed: int
) -> None:
    chance = Random(seed)
    for therapy in packaged.therapies.values():
        facts = _mostly_favourable(therapy, in_force, chance)
        before = _decide(therapy, facts, in_force)
        removable = sorted(facts.keys() - _speaking(therapy, before))
        for removed in chance.sample(removable, min(12, len(removable))):
            fewer = {name: fact for name, fact in facts.items() if name != removed}
            assert _decide(therapy, fewer, in_force).status <= before.status, (therapy.id, removed)
