"""The few things worth recording first, those of the gravest criteria before others."""

from __future__ import annotations

from collections.abc import Sequence

from service.cards.judged import ASKED, KIND_RANK, Judged
from service.cards.lacking import waited_for
from service.cards.names import FactNames
from service.cards.text import clip, escaped

_LIMIT = 130


def asks(rows: Sequence[Judged], names: FactNames) -> tuple[str, ...]:
    """ "Missing (absolute): Record the portal flow." once per datum, ranked absolute, required, relative."""
    asked: set[str] = set()
    lines: dict[str, str] = {}
    for row in sorted((row for row in rows if row.is_open and not row.is_conditional), key=_rank):
        facts = [fact.name for fact in waited_for(row)] or [row.finding.fact.name]
        sentence = row.finding.ask or f"Record {', '.join(map(names.word, facts[:3]))}."
        if not asked.issuperset(facts):
            asked.update(facts)
            lines.setdefault(sentence, _line(row, sentence))
    return tuple(lines.values())


def _line(row: Judged, sentence: str) -> str:
    remark = f" ({clip(escaped(row.only_for), 60)})" if row.therapies else ""
    return f"Missing ({row.kind.value}): {clip(escaped(sentence), _LIMIT)}{remark}"


def _rank(row: Judged) -> tuple[int, int]:
    return (KIND_RANK[row.kind], ASKED.index(row.finding.missing))
