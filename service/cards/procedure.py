"""The line for the day itself: what stands before the procedure and which data to repeat for it. Touches no status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from service.cards.judged import Judged
from service.cards.names import FactNames
from service.cards.roots import only_computed
from service.cards.text import clip, escaped
from service.cards.words import day
from service.clinical.values import Fact
from service.rules.decision import Outcome
from service.rules.model import When


def before_the_procedure(rows: Sequence[Judged], names: FactNames, as_of: date, *, most: int) -> str:
    """ "Before the procedure: fasting, pregnancy test; repeat INR (20 Oct)": the first `most` of each by name."""
    open_rows = [row for row in rows if row.finding.when is When.PROCEDURE and row.finding.outcome is not Outcome.MET]
    todo = _part(list(dict.fromkeys(_todo(row, names) for row in open_rows)), most)
    repeat = _part(_dated(_to_repeat(rows), names, as_of, most), most)
    text = "; ".join(filter(None, (todo, repeat and f"repeat {repeat}")))
    return f"Before the procedure: {text}" if text else ""


def _todo(row: Judged, names: FactNames) -> str:
    unmet = row.finding.outcome is Outcome.NOT_MET
    return f"{names.word(row.finding.fact.name)}{' (not met)' if unmet else ''}"


def _to_repeat(rows: Sequence[Judged]) -> list[Fact]:
    """What was measured: of a score those of its inputs that are as old as it."""
    facts: dict[str, Fact] = {}
    for row in rows:
        if row.finding.repeat:
            facts.update((fact.name, fact) for fact in _measured(row.finding.fact, row.facts))
    return list(facts.values())


def _measured(fact: Fact, facts: Mapping[str, Fact]) -> Iterator[Fact]:
    inputs = [facts[name] for name in fact.inputs if name in facts and facts[name].on == fact.on]
    if not only_computed(fact) or not inputs:
        yield fact
        return
    for each in inputs:
        yield from _measured(each, facts)


def _dated(facts: Sequence[Fact], names: FactNames, as_of: date, most: int) -> list[str]:
    """Their words; a date after the last of those in a row that share it and are shown."""
    texts = []
    for number, fact in enumerate(facts):
        same = number + 1 < min(len(facts), most) and facts[number + 1].on == fact.on
        texts.append(f"{names.word(fact.name)}{f' ({day(fact.on, as_of)})' if fact.on and not same else ''}")
    return texts


def _part(items: Sequence[str], most: int) -> str:
    more = f", +{len(items) - most} more" if len(items) > most else ""
    return f"{', '.join(clip(escaped(each), 50) for each in items[:most])}{more}"
