"""The few things worth recording first, those of the gravest criteria before others."""

from __future__ import annotations

from collections.abc import Sequence

from service.cards.judged import ASKED, KIND_RANK, Judged
from service.cards.lacking import waited_for
from service.cards.names import FactNames, place
from service.cards.text import clip, escaped

_LIMIT = 130
_NAMED = 4


def asks(rows: Sequence[Judged], names: FactNames) -> tuple[str, ...]:
    """ "Missing (absolute): Record the portal flow." once per datum: absolute, required, relative; laboratory first."""
    asked: set[str] = set()
    lines: dict[str, str] = {}
    waiting = [(row, _facts(row)) for row in rows if row.is_open and not row.is_conditional]
    for row, facts in sorted(waiting, key=lambda pair: (*_rank(pair[0]), place(names.group(pair[1][0])))):
        sentence = _sentence(row, facts, names)
        if not asked.issuperset(facts):
            asked.update(facts)
            lines.setdefault(sentence, _line(row, sentence))
    return tuple(lines.values())


def _facts(row: Judged) -> list[str]:
    return [fact.name for fact in waited_for(row)] or [row.finding.fact.name]


def _sentence(row: Judged, facts: Sequence[str], names: FactNames) -> str:
    """The criterion's own, unless it waits for some inputs of a computed fact only: then these."""
    if row.finding.ask and set(facts) <= {*row.finding.fact_names, row.finding.fact.name}:
        return row.finding.ask
    words = [names.word(name) for name in facts[:_NAMED]]
    last = f"{len(facts) - _NAMED} more" if len(facts) > _NAMED else words.pop()
    return f"Record {' and '.join(filter(None, (', '.join(words), last)))}."


def _line(row: Judged, sentence: str) -> str:
    remark = f" ({clip(escaped(row.only_for), 60)})" if row.therapies else ""
    return f"Missing ({row.kind.value}): {clip(escaped(sentence), _LIMIT)}{remark}"


def _rank(row: Judged) -> tuple[int, int]:
    return (KIND_RANK[row.kind], ASKED.index(row.finding.missing))
