"""The few things worth recording first, those of the gravest criteria before others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from service.cards.gaps import Waiting
from service.cards.judged import ASKED, KIND_RANK, Judged
from service.cards.names import FactNames, place
from service.cards.text import clip, escaped
from service.clinical.values import Fact

_LIMIT = 130
_NAMED = 4


def asks(waits: Iterable[Waiting], names: FactNames, most: int) -> tuple[str, ...]:
    """The first `most` of "Missing (absolute): Record the portal flow.", once per datum: absolute, required, relative;
    laboratory first."""
    return tuple(islice(_lines(waits, names), most))


def _lines(waits: Iterable[Waiting], names: FactNames) -> Iterator[str]:
    asked: set[str] = set()
    said: set[str] = set()
    waiting = [(row, _names(row, facts)) for row, facts in waits if row.is_open]
    for row, facts in sorted(waiting, key=lambda pair: (*_rank(pair[0]), place(names.group(pair[1][0])))):
        if asked.issuperset(facts):
            continue
        asked.update(facts)
        sentence = _sentence(row, facts, names)
        if sentence not in said:
            said.add(sentence)
            yield _line(row, sentence)


def _names(row: Judged, facts: Iterable[Fact]) -> list[str]:
    return [fact.name for fact in facts] or [row.finding.fact.name]


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
