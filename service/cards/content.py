"""Collects everything a card could say of one reading, written and escaped. Knows no limits of the card as a whole."""

from __future__ import annotations

from service.cards.alternatives import alternative_texts, shown
from service.cards.asks import asks
from service.cards.detail import Content
from service.cards.findings import LINE_LIMIT, cited, line
from service.cards.procedure import before_the_procedure
from service.cards.reading import Reading
from service.cards.scores import scores
from service.cards.subject import heading, unread
from service.cards.text import clip, escaped


def content(reading: Reading, lowered: str) -> Content:
    """`lowered` says why the indicator was lowered, or is empty."""
    met, total = reading.counts
    return Content(
        heading=heading(reading.decisions),
        findings=(_findings(reading, most_cited=1), _findings(reading, most_cited=2)),
        asks=asks(reading.rows, reading.names),
        missing=reading.missing,
        scores=((), _scores(reading, with_items=False), _scores(reading, with_items=True)),
        counts=f"{met} of {total} met · set {reading.decisions[0].threshold_set[:8]}",
        procedure=("", _procedure(reading, named=False), _procedure(reading, named=True)),
        lowered=lowered,
        unread=unread(reading.decisions),
        notes=_notes(reading),
        alternatives=alternative_texts(shown(reading.decisions), reading.names, reading.references),
    )


def _findings(reading: Reading, *, most_cited: int) -> list[str]:
    return [
        line(row, reading.names, reading.references, reading.as_of, most_cited=most_cited) for row in reading.points
    ]


def _scores(reading: Reading, *, with_items: bool) -> tuple[str, ...]:
    return scores(reading.facts, reading.rows, reading.as_of, with_items=with_items)


def _procedure(reading: Reading, *, named: bool) -> str:
    return before_the_procedure(reading.rows, reading.names, reading.as_of, named=named)


def _notes(reading: Reading) -> tuple[str, ...]:
    notes = {note.id: note for decision in reading.decisions for note in decision.notes}
    return tuple(
        f"{clip(escaped(note.text), LINE_LIMIT)}{cited(note.cite, reading.references, 2)}" for note in notes.values()
    )
