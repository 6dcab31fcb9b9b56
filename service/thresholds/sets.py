"""A threshold set: all thresholds in force for a scope, immutable, identified by the hash of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.rules.model import Knowledge, ThresholdValue


@dataclass(frozen=True, slots=True)
class ThresholdSet:
    """`values` by threshold id. `id` is the full SHA-256 of the content; cards show its first eight characters."""

    values: Mapping[str, ThresholdValue]
    id: str

    @staticmethod
    def of(values: Mapping[str, ThresholdValue]) -> ThresholdSet:
        content = "\n".join(f"{name}={values[name]}" for name in sorted(values))
        return ThresholdSet(dict(values), hashlib.sha256(content.encode()).hexdigest())

    def __hash__(self) -> int:
        return hash(self.id)

    def number(self, name: str) -> Decimal:
        value = self.values[name]
        if isinstance(value, Decimal):
            return value
        raise TypeError(f"threshold {name} is a choice, not a number")


def defaults(knowledge: Knowledge) -> ThresholdSet:
    """The set in force where no administrator has changed anything."""
    return ThresholdSet.of({name: threshold.default for name, threshold in knowledge.thresholds.items()})
