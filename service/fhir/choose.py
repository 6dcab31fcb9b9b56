"""Several readings of one fact become one fact: the newest, or everything that is still possible. Knows no FHIR.

A reading is out only if another is surely newer. What is left is the fact if it agrees, "one of" if it differs, and
unknown if one of them could not be understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.clinical.values import Fact, State
from service.fhir.either import either
from service.fhir.moments import Moment
from service.fhir.reading import Reading

NEWER_UNREADABLE = "a newer result could not be read"
NOT_PERFORMED = "a newer result was not obtained"


def choose(readings: Sequence[Reading]) -> Reading | None:
    """The reading to use, of equal level before a lower one on the same day; None if there is none."""
    usable = [reading for reading in readings if not reading.passed_over]
    if not usable:
        return readings[0] if readings else None
    newest = _newest(_without_replaced(usable))
    chosen = _combine(sorted(newest, key=_order))
    if any(reading.passed_over and _may_be_newer(reading.when, chosen.when) for reading in readings):
        return replace(chosen, fact=chosen.fact._replace(marks=(*chosen.fact.marks, NOT_PERFORMED)))
    return chosen


def spoil(chosen: Reading | None, unreadable: Iterable[Moment | None], name: str) -> Fact | None:
    """The chosen fact, or unknown where an unreadable resource that might have given it could be newer."""
    times = list(unreadable)
    if chosen is None:
        return Fact(name=name, state=State.UNKNOWN, reason="its result could not be read") if times else None
    if any(_may_be_newer(time, chosen.when) for time in times):
        return chosen.fact.as_unknown(NEWER_UNREADABLE)
    return chosen.fact


def settled_before(chosen: Moment | None, older: Moment | None) -> bool:
    """Whether `older` can no longer matter once something of the time `chosen` was read."""
    return chosen is not None and older is not None and chosen.surely_after(older)


def _may_be_newer(one: Moment | None, other: Moment | None) -> bool:
    return not settled_before(other, one)


def _newest(readings: Sequence[Reading]) -> list[Reading]:
    finals = [reading for reading in readings if not reading.fact.preliminary]
    left = [one for one in readings if not any(settled_before(other.when, one.when) for other in readings)]
    kept = [reading for reading in left if not reading.fact.preliminary]
    if finals and not kept:
        kept = [one for one in finals if not any(settled_before(other.when, one.when) for other in finals)] + left
    return kept or left


def _without_replaced(readings: Sequence[Reading]) -> list[Reading]:
    """Of readings of exactly the same time, those that are corrections, if any is."""
    corrected = {reading.when for reading in readings if reading.corrected and reading.when is not None}
    return [reading for reading in readings if reading.corrected or reading.when not in corrected]


def _order(reading: Reading) -> tuple[int, int, bool, str, str]:
    return (reading.level, reading.rank, reading.when is None, str(reading.fact.value), reading.fact.source)


def _combine(readings: Sequence[Reading]) -> Reading:
    first = readings[0]
    if len(readings) == 1:
        return first
    same_level = [reading for reading in readings if (reading.level, reading.rank) == (first.level, first.rank)]
    unclear = next((reading for reading in same_level if reading.fact.is_unknown), None)
    if unclear is not None:
        other = next((reading.fact for reading in same_level if not reading.fact.is_unknown), unclear.fact.last)
        return replace(unclear, fact=unclear.fact._replace(last=other))
    return replace(first, fact=either([reading.fact for reading in same_level]))
