"""Several readings of one fact become one fact: the newest, or everything that is still possible. Knows no FHIR.

A reading is out only if another is surely newer. What is left is the fact if it agrees, "one of" if it differs, and
unknown if one of them could not be understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from service.clinical.values import Fact, Interval, State, Value
from service.fhir.dates import Moment
from service.fhir.definitions import DEFINITIONS
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
        return replace(chosen, fact=replace(chosen.fact, marks=(*chosen.fact.marks, NOT_PERFORMED)))
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
    same_level = [reading for reading in readings if (reading.level, reading.rank) == (first.level, first.rank)]
    unclear = next((reading for reading in same_level if reading.fact.is_unknown), None)
    if unclear is not None:
        other = next((reading.fact for reading in same_level if not reading.fact.is_unknown), unclear.fact.last)
        return replace(unclear, fact=replace(unclear.fact, last=other))
    return replace(first, fact=either([reading.fact for reading in same_level]))


def either(facts: Sequence[Fact]) -> Fact:
    """What is possible if any of these may be right; unknown if one of them is."""
    unclear = next((fact for fact in facts if fact.is_unknown), None)
    if unclear is not None:
        return unclear
    if len({(fact.state, fact.value, fact.values, fact.interval) for fact in facts}) == 1:
        return facts[0]
    base = replace(
        facts[0],
        value=None,
        reported=None,
        on=min((fact.on for fact in facts if fact.on), default=None),
        source=", ".join(sorted({fact.source for fact in facts})),
        marks=tuple(dict.fromkeys(mark for fact in facts for mark in fact.marks)),
        preliminary=all(fact.preliminary for fact in facts),
    )
    if any(fact.interval for fact in facts):
        return replace(base, state=State.INTERVAL, values=(), interval=_hull([bounds(fact) for fact in facts]))
    values = {value for fact in facts for value in (fact.values or (fact.value,)) if value is not None}
    return replace(base, state=State.ONE_OF, values=in_order(base.name, values))


def in_order(name: str, values: Iterable[Value]) -> tuple[Value, ...]:
    """Values in the order of facts.csv, numbers ascending."""
    listed = DEFINITIONS[name].values if name in DEFINITIONS else ()
    return tuple(sorted(values, key=lambda value: _place(value, listed)))


def _place(value: Value, listed: tuple[str, ...]) -> tuple[int, Decimal, str]:
    if isinstance(value, str):
        return (listed.index(value) if value in listed else len(listed), Decimal(0), value)
    return (0, Decimal(value), "")


def bounds(fact: Fact) -> Interval:
    """The interval that holds every number still possible."""
    if fact.interval is not None:
        return fact.interval
    numbers = [value for value in (fact.values or (fact.value,)) if isinstance(value, Decimal)]
    return Interval(min(numbers), max(numbers)) if numbers else Interval()


def _hull(intervals: Sequence[Interval]) -> Interval:
    low = min(intervals, key=lambda each: (each.low is not None, each.low or 0, not each.low_included))
    high = max(intervals, key=lambda each: (each.high is None, each.high or 0, each.high_included))
    return Interval(low.low, high.high, low.low_included, high.high_included)
