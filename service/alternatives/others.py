"""Whether other therapies are ruled out for a patient: each is judged once, however many orders ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from service.alternatives.limits import Ruling, ruling
from service.alternatives.model import Rulebook
from service.alternatives.other_therapy import facts_for
from service.clinical.values import Fact
from service.thresholds.sets import ThresholdSet


@dataclass(frozen=True)
class Others:
    """`kept` are the facts that hold whatever is ordered."""

    rulebook: Rulebook
    kept: Mapping[str, Fact]
    thresholds: ThresholdSet
    now: date
    _rulings: dict[str, Ruling] = field(default_factory=dict)

    def ruling(self, therapy: str) -> Ruling:
        if therapy not in self._rulings:
            facts = facts_for(therapy, self.kept, self.now, self.rulebook.windows)
            self._rulings[therapy] = ruling(self.rulebook.limits[therapy], facts, self.thresholds, self.now)
        return self._rulings[therapy]
