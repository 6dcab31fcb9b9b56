"""The detail of a card in markdown: found things, asks, what is missing, scores and counts, within the card's limits.

Items are given up whole and in a fixed order until the text fits; found things go last and what was hidden is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.cards.gaps import Gap
from service.cards.not_recorded import not_recorded
from service.cards.style import CLOSING, CardStyle


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a card could say, written and escaped. Pairs hold a long form and a short one."""

    heading: str
    findings: Sequence[str]
    asks: Sequence[str]
    missing: Sequence[Gap]
    scores: tuple[Sequence[str], Sequence[str]]
    counts: str
    procedure: tuple[str, str]
    lowered: str
    unread: str
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Room:
    """How much of each part is printed."""

    findings: int
    asks: int
    notes: int
    named: int
    full_scores: bool = True
    scores: bool = True
    full_procedure: bool = True
    procedure: bool = True


def detail(content: Content, style: CardStyle) -> str:
    for room in _rooms(style):
        lines = _lines(content, room)
        text = "\n".join(lines)
        if len(text) <= style.max_characters and len(lines) <= style.max_lines:
            return text
    raise AssertionError("the barest card is longer than its limits")


def _rooms(style: CardStyle) -> Iterator[Room]:
    """From the richest card to the barest."""
    room = Room(style.max_findings, style.max_asks, style.max_notes, named=6)
    yield room
    steps: list[dict[str, int | bool]] = [
        {"notes": 1}, {"notes": 0}, {"asks": 2}, {"full_procedure": False}, {"named": 3}, {"asks": 1}, {"findings": 4},
        {"full_scores": False}, {"named": 1}, {"procedure": False}, {"findings": 3}, {"named": 0}, {"asks": 0},
        {"findings": 2}, {"scores": False}, {"findings": 1},
    ]  # fmt: skip
    for step in steps:
        ((name, value),) = step.items()
        if value < getattr(room, name):
            room = replace(room, **step)
            yield room


def _lines(content: Content, room: Room) -> list[str]:
    """Bullets, a blank line that ends the list, then lines with hard breaks: markdown would run them together."""
    bullets = [f"- {text}" for text in (*content.findings[: room.findings], *content.asks[: room.asks])]
    closing = [text for text in _closing(content, room) if text]
    heading = [content.heading, ""] if content.heading and bullets else [content.heading] if content.heading else []
    separator = [""] if bullets or heading else []
    return [*heading, *bullets, *separator, *(f"{text}  " for text in closing[:-1]), closing[-1]]


def _closing(content: Content, room: Room) -> Iterator[str]:
    yield content.lowered
    yield not_recorded(content.missing, named=room.named)
    scores = content.scores[0 if room.full_scores else 1] if room.scores else ()
    hidden = len(content.findings) - room.findings
    yield " · ".join(filter(None, (*scores, f"+{hidden} more findings" if hidden > 0 else "", content.counts)))
    yield content.procedure[0 if room.full_procedure else 1] if room.procedure else ""
    yield from content.notes[: room.notes]
    yield content.unread
    yield CLOSING
