"""What a card is about: the therapy, or the order and the therapies it may mean, and what of the chart was not read."""

from __future__ import annotations

from collections.abc import Sequence

from service.cards.text import clip, escaped
from service.rules.decision import Decision

_SUBJECT_LIMIT = 44
_UNREAD_LIMIT = 120


def subject(decisions: Sequence[Decision], order_title: str) -> str:
    """ "cTACE", or "CPT 37243 (TACE, TAE or Y-90)"; with too many to name "CPT 37243 (5 possible therapies)"."""
    if len(decisions) == 1:
        return decisions[0].short
    title = clip(order_title, 20) or "Order"
    named = f"{title} ({alternatives([decision.short for decision in decisions])})"
    return named if len(named) <= _SUBJECT_LIMIT else f"{title} ({len(decisions)} possible therapies)"


def alternatives(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def heading(decisions: Sequence[Decision]) -> str:
    """What must be said first, and what the order may mean; empty when neither is worth a line."""
    alerts = dict.fromkeys(alert for decision in decisions for alert in decision.alerts)
    return " ".join(filter(None, (*(f"**{escaped(alert)}**" for alert in alerts), _candidates(decisions))))


def _candidates(decisions: Sequence[Decision]) -> str:
    if len(decisions) == 1:
        return ""
    therapies = clip(escaped(alternatives([decision.short for decision in decisions])), 90)
    return f"The order may mean {therapies}; rows for some of them say so."


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
