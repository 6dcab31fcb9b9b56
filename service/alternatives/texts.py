"""The texts of the alternatives to a decision, for cases that say which must be named and which may not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from service.alternatives.engine import suggest
from service.alternatives.loader import load
from service.alternatives.model import Rulebook
from service.rules.cases import Suggest
from service.rules.decision import Decision
from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet


def texts(knowledge: Callable[[], Knowledge], thresholds: Callable[[Knowledge], ThresholdSet]) -> Suggest:
    """What `run_cases` and `check` take as `suggest`. Nothing is loaded before the first case asks."""

    @cache
    def loaded() -> tuple[Rulebook, ThresholdSet]:
        found = knowledge()
        return load(found), thresholds(found)

    def named(decision: Decision) -> Sequence[str]:
        rulebook, in_force = loaded()
        found = suggest(rulebook, decision.facts, decision.therapy, in_force, decision.as_of)
        return [alternative.text for alternative in found]

    return named
