"""The few things worth recording first, those of the gravest criteria before others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

from service.cards.ask_order import rank
from service.cards.gaps import Waiting, weights
from service.cards.judged import Judged
from service.cards.names import FactNames
from service.cards.text import clip, escaped
from service.clinical.values import Fact

ASK_LIMIT = 130
_NAMED = 4


def asks(waits: Sequence[Waiting], names: FactNames, most: int, first: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The first `most` of "Missing (absolute): Record the portal flow.", once per datum.

    What decides most comes first: the facts of `first`, then absolute and required criteria that block, then by kind;
    of equal ones those that concern every candidate, the laboratory, and what most criteria wait for.
    """
    return tuple(islice(_lines(waits, names, first), most))


def _lines(waits: Sequence[Waiting], names: FactNames, first: frozenset[str]) -> Iterator[str]:
    asked: set[str] = set()
    said: set[str] = set()
    weight = weights(waits)
    waiting = [(row, _names(row, facts)) for row, facts in waits if row.is_open]
    ranked = [(rank(row, facts, names, weight, first), row, facts) for row, facts in waiting]
    for _, row, facts in sorted(ranked, key=itemgetter(0)):
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
    return f"Missing ({row.kind.value}): {clip(escaped(sentence), ASK_LIMIT)}{remark}"
