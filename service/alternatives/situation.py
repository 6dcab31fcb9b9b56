"""One order and its patient while alternatives are looked for: what is ordered, facts, limits, rulings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from service.alternatives.limits import Ruling, ruling
from service.alternatives.model import THIS_ORDER
from service.alternatives.others import Others
from service.alternatives.settling import Settled, Settler
from service.clinical.compare import Limit
from service.clinical.values import Fact
from service.rules.model import Comparison


@dataclass(frozen=True)
class Situation:
    """`facts` as they are for the order for `therapy`."""

    facts: Mapping[str, Fact]
    therapy: str
    others: Others

    @cached_property
    def ordered(self) -> frozenset[str]:
        """The ordered therapy and the combinations that the order surely means."""
        combined = (
            name
            for name, combination in self.others.rulebook.groups.combinations.items()
            if self.therapy in combination.orders and self.settled(combination.conditions).applies is True
        )
        return frozenset({self.therapy, *combined})

    def is_unknown(self, name: str) -> bool:
        """Not recorded, or stale or preliminary."""
        return self._settler.fact(name).is_unknown

    @cached_property
    def is_staged(self) -> bool:
        """Whether all is known without which no rule for one kind of tumour applies."""
        return not any(map(self.is_unknown, self.others.rulebook.groups.staged_first))

    def limit(self, comparison: Comparison) -> Limit:
        return self._settler.limit(self._in_force(comparison))

    def settled(self, conditions: Iterable[Comparison]) -> Settled:
        """Whether all of them hold, three-valued."""
        return self._settler.settled(map(self._in_force, conditions))

    def ruling(self, therapy: str) -> Ruling:
        """Whether absolute criteria rule `therapy` out for this patient; "order": what was ordered, as ordered."""
        return self._own if therapy in {THIS_ORDER, self.therapy} else self.others.ruling(therapy)

    @cached_property
    def _own(self) -> Ruling:
        others = self.others
        return ruling(others.rulebook.limits[self.therapy], self.facts, others.thresholds, others.now)

    @cached_property
    def _settler(self) -> Settler:
        return Settler(self.facts, self.others.rulebook.windows, self.others.thresholds, self.others.now)

    def _in_force(self, comparison: Comparison) -> Comparison:
        """The ordered therapy's own threshold where it redeclares one of its modules."""
        if comparison.threshold is None:
            return comparison
        own = f"{self.therapy}.{comparison.threshold.partition('.')[2]}"
        return replace(comparison, threshold=own) if own in self.others.thresholds.values else comparison
