"""Judges one criterion on a chart, three-valued. Knows nothing of other criteria and sets no status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.clinical.chart import Chart
from service.clinical.compare import Limit, holds
from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window, fresh, repeat_due
from service.clinical.values import Fact
from service.rules.decision import Outcome
from service.rules.model import Comparison, Criterion, Kind, Therapy
from service.thresholds.sets import ThresholdSet

FIRM = frozenset({Kind.ABSOLUTE, Kind.REQUIRED})
"""Kinds that a preliminary result may not settle."""
_ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class Bench:
    """What a judgement needs besides the criterion."""

    therapy: Therapy
    chart: Chart
    thresholds: ThresholdSet
    now: date

    def limit(self, comparison: Comparison) -> Limit:
        """The limit in force."""
        if comparison.limit is not None:
            return comparison.limit
        return self.thresholds.values[comparison.threshold or ""]

    def kind(self, criterion: Criterion) -> Kind:
        if criterion.kind_threshold is None:
            return criterion.kind
        return Kind(str(self.thresholds.values[criterion.kind_threshold]))

    def window(self, fact_name: str, freshness: str = "") -> Window:
        return self.therapy.windows.get(freshness or FACTS[fact_name].freshness, _ALWAYS)

    def judged(self, fact_name: str, freshness: str = "", *, firm: bool = False) -> Fact:
        """The fact as it may be used: stale, and preliminary where that does not do, turned to unknown."""
        found = fresh(self.chart.fact(fact_name), self.window(fact_name, freshness), self.now)
        if firm and found.preliminary and not found.is_unknown:
            return found.as_unknown("preliminary result only")
        return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """One comparison's outcome with the fact and limit that gave it."""

    test: Comparison
    fact: Fact
    limit: Limit
    outcome: Outcome
    repeat: bool


_OUTCOMES = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}


def verdict(criterion: Criterion, bench: Bench) -> Verdict:
    """The verdict of the criterion; of `any of`, the one that settled it: met by one, not met by all, else unknown."""
    firm = bench.kind(criterion) in FIRM
    verdicts = [_verdict(test, criterion.fresh, bench, firm=firm) for test in criterion.tests]
    for outcome in (Outcome.MET, Outcome.UNKNOWN):
        for each in verdicts:
            if each.outcome is outcome:
                return each
    return verdicts[0]


def _verdict(test: Comparison, freshness: str, bench: Bench, *, firm: bool) -> Verdict:
    fact = bench.judged(test.fact, freshness, firm=firm)
    limit = bench.limit(test)
    outcome = _OUTCOMES[holds(fact, test.op, limit)]
    due = not fact.is_unknown and repeat_due(fact, bench.window(test.fact, freshness), bench.now)
    return Verdict(test, fact, limit, outcome, due)


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether all conditions hold; `open` are those that cannot be settled (empty unless `applies` is None)."""

    applies: bool | None
    open: tuple[Comparison, ...] = ()


def applicability(conditions: Iterable[Comparison], bench: Bench, *, firm: bool = False) -> Applicability:
    """True if every condition surely holds, False if one surely does not, None otherwise."""
    unsettled: list[Comparison] = []
    for condition in conditions:
        settled = holds(bench.judged(condition.fact, firm=firm), condition.op, bench.limit(condition))
        if settled is False:
            return Applicability(False)
        if settled is None:
            unsettled.append(condition)
    return Applicability(None, tuple(unsettled)) if unsettled else Applicability(True)
