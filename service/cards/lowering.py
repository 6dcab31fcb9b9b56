"""What lowers the indicator by one step: an emergency, or a tumour board that saw these data. It hides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from service.cards.judged import DECIDING, Judged
from service.cards.reading import Reading
from service.cards.words import day
from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window, fresh
from service.clinical.values import Fact
from service.rules.decision import Outcome

URGENT_PRIORITIES = frozenset({"stat", "asap"})
_TODAY_ONLY = Window(judge=0)
"""for a class whose window was not handed in"""


def reason_to_lower(reading: Reading, priority: str, windows: Mapping[str, Window]) -> str:
    """Why the indicator is lowered, as a sentence for the card; empty if nothing lowers it or it is the lowest."""
    serious = [row for row in reading.against if row.kind in DECIDING]
    if not serious:
        return ""
    if priority in URGENT_PRIORITIES:
        return f"Ordered as an emergency ({priority}): shown one step lower, nothing left out."
    if _rupture(reading, windows):
        return "Tumour rupture is recorded, an emergency: shown one step lower, nothing left out."
    board = _board_day(reading)
    if board is not None and _is_newer(board, serious):
        return f"The tumour board record of {day(board, reading.as_of)} is newer than these data: shown one step lower."
    return ""


def _rupture(reading: Reading, windows: Mapping[str, Window]) -> bool:
    """An old rupture is no emergency: the fact counts within its window only."""
    rupture = reading.facts.get("tumour_rupture")
    if rupture is None:
        return False
    window = windows.get(FACTS[rupture.name].freshness, _TODAY_ONLY)
    return fresh(rupture, window, reading.as_of).value is True


def _board_day(reading: Reading) -> date | None:
    """The day of a board record that may lower the indicator: none that is too old or denies a benefit."""
    age, benefit = reading.facts.get("tumour_board_age"), reading.facts.get("mdt_benefit_stated")
    if age is None or not age.is_known or not age.number.is_finite() or age.number < 0:
        return None
    denied = benefit is not None and benefit.value is False
    too_old = any(row.finding.fact.name == age.name and row.finding.outcome is Outcome.NOT_MET for row in reading.rows)
    return None if denied or too_old else reading.as_of - timedelta(days=int(age.number))


def _is_newer(board: date, rows: Iterable[Judged]) -> bool:
    """Whether every datum that speaks against the order has a date, and an earlier one than the board's."""
    days = [on for row in rows for on in _days(row.finding.fact, row.facts, frozenset())]
    return all(on is not None and on < board for on in days)


def _days(fact: Fact, facts: Mapping[str, Fact], above: frozenset[str]) -> Iterator[date | None]:
    """The dates of a fact and of all its inputs: a computed fact carries only that of its oldest."""
    inputs = [facts[name] for name in fact.inputs if name in facts and name not in above]
    if not inputs:
        yield fact.on
    for each in inputs:
        yield from _days(each, facts, above | {fact.name})
