"""The detail of a card in markdown: found things, asks, what is missing, scores and counts, within the card's limits.

Items are given up whole and in a fixed order until the text fits; found things go last and what was hidden is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.cards.alternatives import alternatives_count, alternatives_line
from service.cards.content import Content
from service.cards.style import CLOSING, SMALLEST_CHARACTERS, SMALLEST_LINES, CardStyle


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each part is printed.

    named                half of it is how many missing facts of a group are named, the others are counted
    wording              1: findings in full, 0: in short
    scores, procedure    2: in full, 1: in short, 0: not at all
    """

    findings: int
    asks: int
    notes: int
    alternatives: int
    named: int = 6
    wording: int = 1
    scores: int = 2
    procedure: int = 2


_NO_PREFERENCES, _DECIDING = -1, -2
_GIVEN_UP = (
    ("notes", 1), ("notes", 0), ("procedure", 1), ("alternatives", 2), ("named", 4), ("wording", 0), ("named", 2),
    ("scores", 1), ("findings", _NO_PREFERENCES), ("alternatives", 1), ("asks", 2), ("procedure", 0),
    ("findings", _DECIDING), ("asks", 1), ("alternatives", 0), ("findings", 4), ("named", 0), ("findings", 3),
    ("asks", 0), ("findings", 2), ("scores", 0), ("findings", 1),
)  # fmt: skip
"""In this order: repetitions and advice first, preferences and cautions before what is asked, found things last."""


def detail(content: Content, style: CardStyle) -> str:
    """Markdown of at most `style.max_characters` and `max_lines`: the richest that fits."""
    characters, rows = max(style.max_characters, SMALLEST_CHARACTERS), max(style.max_lines, SMALLEST_LINES)
    text = ""
    for room in _rooms(style, content):
        lines = _lines(content, room)
        text = "\n".join(lines)
        if len(text) <= characters and len(lines) <= rows:
            break
    return text


def _rooms(style: CardStyle, content: Content) -> Iterator[Room]:
    """From the richest card to the barest, which fits into the smallest limits that a style may have."""
    sizes = {_NO_PREFERENCES: content.without_preferences, _DECIDING: content.deciding}
    room = Room(style.max_findings, style.max_asks, style.max_notes, style.max_alternatives)
    yield room
    for part, given in _GIVEN_UP:
        size = sizes.get(given, given)
        if size < getattr(room, part):
            room = replace(room, **{part: size})
            yield room


def _lines(content: Content, room: Room) -> list[str]:
    """Bullets, a blank line that ends the list, then lines with hard breaks: markdown would run them together."""
    findings = content.findings_in_full if room.wording else content.findings_in_short
    bullets = [f"- {text}" for text in (*findings[: room.findings], *content.asks[: room.asks])]
    opening = [*filter(None, [content.heading]), *bullets]
    closing = [text for text in _closing(content, room) if text]
    return [*opening, *([""] if opening else []), *(f"{text}  " for text in closing[:-1]), closing[-1]]


def _closing(content: Content, room: Room) -> Iterator[str]:
    yield content.lowered
    yield content.not_recorded(room.named)
    hidden = content.found - room.findings
    more = f"+{hidden} more finding{'s' if hidden > 1 else ''}" if hidden > 0 else ""
    named = alternatives_count(content.alternatives, room.alternatives)
    yield " · ".join(filter(None, (*_scores(content, room), more, named, content.counts)))
    yield alternatives_line(content.alternatives, room.alternatives)
    yield _procedure(content, room)
    yield from content.notes[: room.notes]
    yield content.unread
    yield CLOSING


def _scores(content: Content, room: Room) -> Sequence[str]:
    if not room.scores:
        return ()
    return content.scores_in_full if room.scores > 1 else content.scores_in_short


def _procedure(content: Content, room: Room) -> str:
    if not room.procedure:
        return ""
    return content.procedure_in_full if room.procedure > 1 else content.procedure_in_short
