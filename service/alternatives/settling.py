"""Whether conditions hold on a chart, three-valued. A result that is stale or only preliminary settles nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from service.clinical.chart import Chart
from service.clinical.compare import Limit, holds
from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window, fresh
from service.clinical.values import Fact
from service.rules.model import Comparison
from service.thresholds.sets import ThresholdSet

_ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether all conditions hold; `open` are the facts of those that cannot be settled (empty unless None)."""

    applies: bool | None
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settler:
    """`windows` are the freshness classes by name. Rules share facts, so each is looked at once."""

    facts: Mapping[str, Fact]
    windows: Mapping[str, Window]
    thresholds: ThresholdSet
    now: date
    _usable: dict[str, Fact] = field(default_factory=dict)

    def fact(self, name: str) -> Fact:
        """The fact as it may be used."""
        if name not in self._usable:
            self._usable[name] = self._judged(name)
        return self._usable[name]

    def _judged(self, name: str) -> Fact:
        window = self.windows.get(FACTS[name].freshness, _ALWAYS)
        found = fresh(Chart(self.facts).fact(name), window, self.now)
        return found.firmly()

    def limit(self, comparison: Comparison) -> Limit:
        """The limit in force."""
        if comparison.limit is not None:
            return comparison.limit
        return self.thresholds.values[comparison.threshold or ""]

    def settled(self, conditions: Iterable[Comparison]) -> Settled:
        """True if every condition surely holds, False if one surely does not, None otherwise."""
        unsettled = []
        for each in conditions:
            outcome = holds(self.fact(each.fact), each.op, self.limit(each))
            if outcome is False:
                return Settled(False)
            if outcome is None:
                unsettled.append(each.fact)
        return Settled(None, tuple(unsettled)) if unsettled else Settled(True)
