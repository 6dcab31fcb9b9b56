"""What a card is about: the therapy, or the order and the therapies it may mean; and what of the chart was not read."""

from __future__ import annotations

from collections.abc import Sequence

from service.cards.heading import choice
from service.cards.reading import Reading
from service.cards.text import clip, escaped
from service.rules.decision import Decision

_SUBJECT_LIMIT = 44
_UNREAD_LIMIT = 120


def subject(reading: Reading, order_title: str) -> str:
    """ "cTACE", or "CPT 37243 (TACE, TAE or Y-90)"; with too many to name "CPT 37243 (5 possible therapies)"."""
    decisions = reading.decisions
    if len(decisions) + len(reading.set_aside) == 1:
        return decisions[0].short
    title = clip(order_title, 20) or "Order"
    named = f"{title} ({choice([decision.short for decision in decisions])})"
    return named if len(named) <= _SUBJECT_LIMIT else f"{title} ({len(decisions)} possible therapies)"


def unread(decisions: Sequence[Decision]) -> str:
    """ "2 resources could not be read; labs: the EHR reported an error."""
    resources = {each.resource for decision in decisions for each in decision.unreadable}
    incomplete = dict.fromkeys(text for decision in decisions for text in decision.incomplete)
    count = f"{len(resources)} resource{'s' if len(resources) > 1 else ''} could not be read" if resources else ""
    text = "; ".join(filter(None, (count, *(escaped(text) for text in incomplete))))
    return clip(text, _UNREAD_LIMIT) if len(text) <= _UNREAD_LIMIT else _counted(count, len(incomplete))


def _counted(resources: str, incomplete: int) -> str:
    parts = f"{incomplete} part{'s' if incomplete > 1 else ''} of the record could not be had"
    return "; ".join(filter(None, (resources, parts)))
