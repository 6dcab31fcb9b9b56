"""The alternatives of one rule that has fired: without those that are ruled out, each with what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from service.alternatives.model import Named, Rule
from service.alternatives.situation import Situation
from service.rules.decision import Alternative
from service.rules.wording import limit_text

MOST_NEEDS = 3


def alternatives(rule: Rule, situation: Situation) -> Iterator[Alternative]:
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
