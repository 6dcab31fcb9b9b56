"""Which recorded datum stands behind a computed fact. Knows no findings."""

from __future__ import annotations

from collections.abc import Mapping

from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Origin

_COMPUTED_ALONE = frozenset(name for name, fact in FACTS.items() if fact.how_obtained.startswith("computed"))


def only_computed(fact: Fact) -> bool:
    """Computed, and of a kind that no record holds itself."""
    return fact.origin is Origin.COMPUTED and fact.name in _COMPUTED_ALONE


def root(fact: Fact, facts: Mapping[str, Fact]) -> str:
    """The name of the one datum that a fact was computed from (clinical_ascites: ascites), else its own."""
    seen = {fact.name}
    while only_computed(fact) and len(fact.inputs) == 1 and fact.inputs[0] not in seen and fact.inputs[0] in facts:
        fact = facts[fact.inputs[0]]
        seen.add(fact.name)
    return fact.name
