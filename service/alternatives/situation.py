"""One order and its patient while alternatives are looked for: facts as they may be used, limits, rulings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from service.alternatives.limits import Ruling, ruling
from service.alternatives.model import THIS_ORDER, Rulebook
from service.alternatives.other_therapy import facts_for, facts_without_order
from service.alternatives.settling import Settled, Settler
from service.clinical.compare import Limit
from service.clinical.values import Fact
from service.rules.model import Comparison
from service.thresholds.sets import ThresholdSet


@dataclass(frozen=True)
class Situation:
    rulebook: Rulebook
    facts: Mapping[str, Fact]
    therapy: str
    thresholds: ThresholdSet
    now: date
    _rulings: dict[str, Ruling] = field(default_factory=dict)

    @cached_property
    def ordered(self) -> frozenset[str]:
        """The ordered therapy and the combinations that the order surely means."""
        combined = (
            name
            for name, combination in self.rulebook.groups.combinations.items()
            if self.therapy in combination.orders and self.settled(combination.conditions).applies is True
        )
        return frozenset({self.therapy, *combined})

    def is_unknown(self, name: str) -> bool:
        """Not recorded, or stale or preliminary."""
        return self._settler.fact(name).is_unknown

    def limit(self, comparison: Comparison) -> Limit:
        return self._settler.limit(self._in_force(comparison))

    def settled(self, conditions: Iterable[Comparison]) -> Settled:
        """Whether all of them hold, three-valued."""
        return self._settler.settled(map(self._in_force, conditions))

    def ruling(self, therapy: str) -> Ruling:
        """Whether absolute criteria rule `therapy` out for this patient; "order": what was ordered, as ordered."""
        if therapy not in self._rulings:
            own = therapy in {THIS_ORDER, self.therapy}
            limits = self.rulebook.limits[self.therapy if own else therapy]
            facts = self.facts if own else facts_for(therapy, self._kept, self.now, self.rulebook.windows)
            self._rulings[therapy] = ruling(limits, facts, self.thresholds, self.now)
        return self._rulings[therapy]

    @cached_property
    def _kept(self) -> dict[str, Fact]:
        return facts_without_order(self.facts, self.rulebook.groups.only_this_order)

    @cached_property
    def _settler(self) -> Settler:
        return Settler(self.facts, self.rulebook.windows, self.thresholds, self.now)

    def _in_force(self, comparison: Comparison) -> Comparison:
        """The ordered therapy's own threshold where it redeclares one of its modules."""
        if comparison.threshold is None:
            return comparison
        own = f"{self.therapy}.{comparison.threshold.partition('.')[2]}"
        return replace(comparison, threshold=own) if own in self.thresholds.values else comparison
