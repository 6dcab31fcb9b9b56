"""The line for the day itself: what stands before the procedure and which data to repeat for it. Touches no status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from service.cards.judged import Judged
from service.cards.names import FactNames
from service.cards.text import clip, escaped
from service.cards.words import day
from service.rules.decision import Outcome
from service.rules.model import When


def before_the_procedure(rows: Sequence[Judged], names: FactNames, as_of: date, *, most: int) -> str:
    """ "Before the procedure: fasting, pregnancy test; repeat INR (20 Oct)": the first `most` of each by name."""
    open_rows = [row for row in rows if row.finding.when is When.PROCEDURE and row.finding.outcome is not Outcome.MET]
    todo = dict.fromkeys(_todo(row, names) for row in open_rows)
    repeat = dict.fromkeys(_repeat(row, names, as_of) for row in rows if row.finding.repeat)
    parts = (_part("", list(todo), most), _part("repeat ", list(repeat), most))
    text = "; ".join(filter(None, parts))
    return f"Before the procedure: {text}" if text else ""


def _todo(row: Judged, names: FactNames) -> str:
    unmet = row.finding.outcome is Outcome.NOT_MET
    return f"{names.word(row.finding.fact.name)}{' (not met)' if unmet else ''}"


def _repeat(row: Judged, names: FactNames, as_of: date) -> str:
    on = row.finding.fact.on
    return f"{names.word(row.finding.fact.name)}{f' ({day(on, as_of)})' if on else ''}"


def _part(verb: str, items: list[str], most: int) -> str:
    if not items:
        return ""
    more = f", +{len(items) - most} more" if len(items) > most else ""
    return f"{verb}{', '.join(clip(escaped(each), 50) for each in items[:most])}{more}"
