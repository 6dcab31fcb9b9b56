"""Names the alternatives that the sources name for an order on a chart. Reads no clock, no file and no FHIR.

A rule fires only if its condition surely holds. An alternative that is surely ruled out is left out; one that may be is
named with what is needed to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from service.alternatives.model import Rule, Rulebook
from service.alternatives.naming import alternatives
from service.alternatives.others import Others
from service.alternatives.situation import Situation
from service.clinical.values import Fact
from service.rules.decision import Alternative, Decision
from service.thresholds.sets import ThresholdSet


def suggest(
    rulebook: Rulebook, facts: Mapping[str, Fact], therapy: str, thresholds: ThresholdSet, now: date
) -> tuple[Alternative, ...]:
    """The alternatives to an order for `therapy`, in the order of the sources, each text once.

    `facts` holds computed facts too; `now` is the day.
    """
    return _suggested(Situation(facts, therapy, Others(rulebook, facts, thresholds, now)))


def with_alternatives(
    decisions: Iterable[Decision], rulebook: Rulebook, thresholds: ThresholdSet
) -> tuple[Decision, ...]:
    """The decisions on one order, each with the alternatives; `thresholds` are those they were judged under."""
    found: list[Decision] = []
    others: Others | None = None
    for decision in decisions:
        own = Others(rulebook, decision.facts, thresholds, decision.as_of)
        if others is None or own.kept != others.kept:
            others = own
        named = _suggested(Situation(decision.facts, decision.therapy, others))
        found.append(replace(decision, alternatives=named))
    return tuple(found)


def _suggested(situation: Situation) -> tuple[Alternative, ...]:
    found: dict[str, Alternative] = {}
    for rule in situation.others.rulebook.rules:
        if _fires(rule, situation):
            for alternative in alternatives(rule, situation):
                found.setdefault(alternative.text, alternative)
    return tuple(found.values())


def _fires(rule: Rule, situation: Situation) -> bool:
    if rule.orders is not None and rule.orders.isdisjoint(situation.ordered):
        return False
    if rule.for_tumour and not situation.is_staged:
        return False
    return all(map(situation.is_unknown, rule.unknown)) and situation.settled(rule.when).applies is True
