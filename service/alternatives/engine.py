"""Names the alternatives that the sources name for an order on a chart. Reads no clock, no file and no FHIR.

A rule fires only if its condition surely holds. An alternative that is surely ruled out is left out; one that may be is
named with what is needed to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from service.alternatives.model import Named, Rule, Rulebook
from service.alternatives.other_therapy import facts_without_order
from service.alternatives.others import Others
from service.alternatives.situation import Situation
from service.clinical.values import Fact
from service.rules.decision import Alternative, Decision
from service.rules.wording import limit_text
from service.thresholds.sets import ThresholdSet

MOST_NEEDS = 3


def suggest(
    rulebook: Rulebook, facts: Mapping[str, Fact], therapy: str, thresholds: ThresholdSet, now: date
) -> tuple[Alternative, ...]:
    """The alternatives to an order for `therapy`, in the order of the sources, each text once.

    `facts` holds computed facts too; `now` is the day.
    """
    kept = facts_without_order(facts, rulebook.groups.only_this_order)
    return _suggested(Situation(facts, therapy, Others(rulebook, kept, thresholds, now)))


def with_alternatives(
    decisions: Iterable[Decision], rulebook: Rulebook, thresholds: ThresholdSet
) -> tuple[Decision, ...]:
    """The decisions on one order, each with the alternatives; `thresholds` are those they were judged under."""
    found: list[Decision] = []
    others: Others | None = None
    for decision in decisions:
        kept = facts_without_order(decision.facts, rulebook.groups.only_this_order)
        if others is None or kept != others.kept:
            others = Others(rulebook, kept, thresholds, decision.as_of)
        named = _suggested(Situation(decision.facts, decision.therapy, others))
        found.append(replace(decision, alternatives=named))
    return tuple(found)


def _suggested(situation: Situation) -> tuple[Alternative, ...]:
    found: dict[str, Alternative] = {}
    for rule in situation.others.rulebook.rules:
        if _fires(rule, situation):
            for alternative in _alternatives(rule, situation):
                found.setdefault(alternative.text, alternative)
    return tuple(found.values())


def _fires(rule: Rule, situation: Situation) -> bool:
    if rule.orders is not None and rule.orders.isdisjoint(situation.ordered):
        return False
    if rule.for_tumour and not situation.is_staged:
        return False
    return all(map(situation.is_unknown, rule.unknown)) and situation.settled(rule.when).applies is True


def _alternatives(rule: Rule, situation: Situation) -> Iterator[Alternative]:
    for named in rule.named:
        differs = situation.ordered.isdisjoint((*named.therapies, *named.same_as))
        condition = situation.settled(named.only_if)
        therapy, out, waits_for = _ruled(named, situation)
        if differs and condition.applies is not False and not out:
            needs = tuple(dict.fromkeys((*condition.open, *rule.unknown, *waits_for)))
            yield Alternative(
                rule=rule.id,
                text=_text(named, situation),
                therapy=therapy,
                needs=needs[:MOST_NEEDS],
                more_needs=len(needs[MOST_NEEDS:]),
                cite=rule.cite,
            )


def _ruled(named: Named, situation: Situation) -> tuple[str | None, bool, tuple[str, ...]]:
    """The therapy that the alternative would be an order for, whether it is ruled out, and what is needed to tell."""
    if named.limits_of:
        rulings = [situation.ruling(name) for name in named.limits_of]
        needs = tuple(name for each in rulings for name in each.needs)
        return next(iter(named.therapies), None), any(each.out for each in rulings), needs
    for therapy in named.therapies:
        ruling = situation.ruling(therapy)
        if not ruling.out:
            return therapy, False, ruling.needs
    return None, bool(named.therapies), ()


def _text(named: Named, situation: Situation) -> str:
    text = named.text
    for comparison in named.only_if:
        text = text.replace(f"{{{comparison.fact}}}", limit_text(comparison.fact, situation.limit(comparison)))
    return text
