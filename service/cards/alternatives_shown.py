"""Which of the alternatives that the sources name a card shows. Ranks none."""

from __future__ import annotations

from collections.abc import Sequence

from service.cards.reading import Reading
from service.rules.decision import Alternative, Decision, Status


def shown(reading: Reading) -> tuple[Alternative, ...]:
    """What the sources name and the card has a use for: all of it where something speaks against the order, what
    completes the data where they decide, else nothing. The decisions keep all."""
    if reading.speaks_against:
        return named(reading.decisions)
    if reading.status is Status.NEEDS_DATA:
        return tuple(filter(_completes_data, named(reading.decisions)))
    return ()


def _completes_data(alternative: Alternative) -> bool:
    """ "Complete staging first": names what is missing and no other therapy."""
    return alternative.therapy is None and bool(alternative.needs)


def named(decisions: Sequence[Decision]) -> tuple[Alternative, ...]:
    """In the order of the sources, each therapy once. Where the order may mean several therapies: what is named
    whichever is meant, and is none of them."""
    ordered = {decision.therapy for decision in decisions}
    others = [{each.text for each in decision.alternatives} for decision in decisions[1:]]
    found: dict[str, Alternative] = {}
    for each in decisions[0].alternatives:
        if each.therapy not in ordered and all(each.text in texts for texts in others):
            found.setdefault(each.therapy or each.text, each)
    return tuple(found.values())
