"""Which data to repeat before the procedure: what was measured, not what was computed from it. Knows no windows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from service.cards.judged import Judged
from service.cards.names import FactNames
from service.cards.roots import only_computed
from service.cards.words import day
from service.clinical.values import Fact


def to_repeat(rows: Sequence[Judged]) -> list[Fact]:
    """What was measured: of a score those of its inputs that are as old as it."""
    facts: dict[str, Fact] = {}
    for row in rows:
        if row.finding.repeat:
            facts.update((fact.name, fact) for fact in _measured(row.finding.fact, row.facts, frozenset()))
    return list(facts.values())


def _measured(fact: Fact, facts: Mapping[str, Fact], above: frozenset[str]) -> Iterator[Fact]:
    names = [name for name in fact.inputs if name in facts and name not in above]
    inputs = [facts[name] for name in names if facts[name].on == fact.on]
    if not only_computed(fact) or not inputs:
        yield fact
        return
    for each in inputs:
        yield from _measured(each, facts, above | {fact.name})


def dated(facts: Sequence[Fact], names: FactNames, as_of: date, most: int) -> list[str]:
    """Their words; a date after the last of those in a row that share it and are shown."""
    texts = []
    for number, fact in enumerate(facts):
        same = number + 1 < min(len(facts), most) and facts[number + 1].on == fact.on
        texts.append(f"{names.word(fact.name)}{f' ({day(fact.on, as_of)})' if fact.on and not same else ''}")
    return texts
