"""How urgent a card is, and what lowers it by one step. Hides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from service.cards.judged import Judged
from service.cards.words import day
from service.clinical.values import Fact
from service.rules.decision import Outcome
from service.rules.model import Kind

Indicator = Literal["info", "warning", "critical"]
URGENT_PRIORITIES = frozenset({"stat", "asap"})
_LOWER: dict[Indicator, Indicator] = {"critical": "warning", "warning": "info", "info": "info"}


def indicator(rows: Iterable[Judged]) -> Indicator:
    """critical: an absolute criterion is not met (so on data in its window); warning: a required or relative one."""
    against = {row.kind for row in rows if row.is_against}
    if Kind.ABSOLUTE in against:
        return "critical"
    return "warning" if against & {Kind.REQUIRED, Kind.RELATIVE} else "info"


def lowered(step: Indicator) -> Indicator:
    return _LOWER[step]


def reason_to_lower(rows: tuple[Judged, ...], facts: Mapping[str, Fact], priority: str, as_of: date) -> str:
    """Why the indicator is lowered, as a sentence for the card; empty if nothing lowers it."""
    if indicator(rows) == "info":
        return ""
    rupture = facts.get("tumour_rupture")
    if priority in URGENT_PRIORITIES:
        return f"Ordered as an emergency ({priority}): shown one step lower, nothing left out."
    if rupture is not None and rupture.value is True:
        return "Tumour rupture recorded, emergency: shown one step lower, nothing left out."
    board = _board_day(rows, facts, as_of)
    if board is not None and _is_newer(board, rows):
        return f"Tumour board record of {day(board, as_of)} is newer than these values: shown one step lower."
    return ""


def _board_day(rows: tuple[Judged, ...], facts: Mapping[str, Fact], as_of: date) -> date | None:
    """The day of a board record that may lower the indicator: none that is too old or denies a benefit."""
    age, benefit = facts.get("tumour_board_age"), facts.get("mdt_benefit_stated")
    if (
        age is None
        or not age.is_known
        or not age.number.is_finite()
        or (benefit is not None and benefit.value is False)
    ):
        return None
    too_old = any(row.finding.outcome is Outcome.NOT_MET and row.finding.fact.name == age.name for row in rows)
    return None if too_old or age.number < 0 else as_of - timedelta(days=int(age.number))


def _is_newer(board: date, rows: Iterable[Judged]) -> bool:
    """Whether every datum that speaks against the order has a date, and an earlier one than the board's."""
    days = [on for row in rows if row.is_against for on in _days(row.finding.fact, row.facts, frozenset())]
    return bool(days) and all(on is not None and on < board for on in days)


def _days(fact: Fact, facts: Mapping[str, Fact], above: frozenset[str]) -> Iterator[date | None]:
    """The dates of a fact and of all its inputs: a computed fact carries only that of its oldest."""
    inputs = [facts[name] for name in fact.inputs if name in facts and name not in above]
    if not inputs:
        yield fact.on
    for each in inputs:
        yield from _days(each, facts, above | {fact.name})
