"""Whether other therapies are ruled out for a patient: each is judged once, however many orders ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from service.alternatives.limits import Ruling, ruling
from service.alternatives.model import Rulebook
from service.alternatives.other_therapy import facts_for, facts_without_order
from service.clinical.values import Fact
from service.thresholds.sets import ThresholdSet


@dataclass(frozen=True)
class Others:
    """`facts` are those of one order."""

    rulebook: Rulebook
    facts: Mapping[str, Fact]
    thresholds: ThresholdSet
    now: date
    _rulings: dict[str, Ruling] = field(default_factory=dict)

    @cached_property
    def kept(self) -> Mapping[str, Fact]:
        """The facts that hold whatever is ordered."""
        return facts_without_order(self.facts, self.rulebook.groups.only_this_order)

    def ruling(self, therapy: str) -> Ruling:
        if therapy not in self._rulings:
            facts = facts_for(therapy, self.kept, self.now, self.rulebook.windows)
            self._rulings[therapy] = ruling(self.rulebook.limits[therapy], facts, self.thresholds, self.now)
        return self._rulings[therapy]
