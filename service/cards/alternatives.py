"""How the alternatives that the sources name read on a card. Chooses none and ranks none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.cards.findings import cited
from service.cards.names import FactNames
from service.cards.text import clip, escaped
from service.rules.decision import Alternative
from service.rules.model import Reference

TEXT_LIMIT = 125


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
