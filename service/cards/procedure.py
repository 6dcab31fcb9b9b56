"""The line for the day itself: what stands before the procedure and which data to repeat for it. Touches no status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from service.cards.judged import Judged
from service.cards.names import FactNames
from service.cards.repeating import dated, to_repeat
from service.cards.text import clip, escaped
from service.rules.decision import Outcome
from service.rules.model import When


def before_the_procedure(rows: Sequence[Judged], names: FactNames, as_of: date, *, most: int) -> str:
    """ "Before the procedure: fasting, pregnancy test; repeat INR (20 Oct)": the first `most` of each by name."""
    open_rows = [row for row in rows if row.finding.when is When.PROCEDURE and row.finding.outcome is not Outcome.MET]
    todo = _part(list(dict.fromkeys(_todo(row, names) for row in open_rows)), most)
    repeat = _part(dated(to_repeat(rows), names, as_of, most), most)
    text = "; ".join(filter(None, (todo, repeat and f"repeat {repeat}")))
    return f"Before the procedure: {text}" if text else ""


def _todo(row: Judged, names: FactNames) -> str:
    unmet = row.finding.outcome is Outcome.NOT_MET
    return f"{names.word(row.finding.fact.name)}{' (not met)' if unmet else ''}"


def _part(items: Sequence[str], most: int) -> str:
    more = f", +{len(items) - most} more" if len(items) > most else ""
    return f"{', '.join(clip(escaped(each), 50) for each in items[:most])}{more}"
