"""The alternatives that the sources name: which a card shows, and how they read. Chooses none and ranks none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.cards.findings import cited
from service.cards.names import FactNames
from service.cards.reading import Reading
from service.cards.text import clip, escaped
from service.rules.decision import Alternative, Decision, Status
from service.rules.model import Reference

TEXT_LIMIT = 125


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


def alternative_texts(
    alternatives: Sequence[Alternative], names: FactNames, references: Mapping[str, Reference]
) -> tuple[str, ...]:
    """ "SBRT (needs portal flow, ECOG +2) [SBRTM]" for each, escaped."""
    return tuple(
        f"{escaped(clip(each.text, TEXT_LIMIT) + needed(each, names))}{cited(each.cite, references, 1)}"
        for each in alternatives
    )


def needed(alternative: Alternative, names: FactNames) -> str:
    """ " (needs portal flow, ECOG +2)": what must be known before it can be told whether it is ruled out."""
    more = f" +{alternative.more_needs}" if alternative.more_needs else ""
    words = ", ".join(names.word(name) for name in alternative.needs)
    return f" (needs {words}{more})" if words else ""


def alternatives_line(texts: Sequence[str], room: int) -> str:
    """The first `room` of them; empty where there is no room for one (see `alternatives_count`)."""
    more = f"; +{len(texts) - room} more" if len(texts) > room else ""
    return f"Alternatives to consider: {'; '.join(texts[:room])}{more}" if texts and room else ""


def alternatives_count(texts: Sequence[str], room: int) -> str:
    """ "4 alternatives named" where none is printed, so that nothing is hidden silently."""
    if room or not texts:
        return ""
    return f"{len(texts)} alternative{'s' if len(texts) > 1 else ''} named"
