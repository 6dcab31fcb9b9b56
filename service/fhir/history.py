"""Facts that rest on several results of one test: the highest ever, the largest of several lesions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from service.clinical.values import Fact, Interval, State
from service.fhir.either import bounds
from service.fhir.reading import Level, Reading
from service.fhir.tally import Tally

LESION, AFP, HIGHEST_AFP = "largest_lesion", "afp", "afp_highest"


def combine_history(tally: Tally) -> None:
    sizes = tally.readings.get(LESION)
    if sizes:
        tally.readings[LESION] = _largest_of_each_day(sizes)
    results = [reading for reading in tally.readings.get(AFP, ()) if not reading.passed_over]
    if results:
        tally.add([_highest(results, open_above=bool(tally.unreadable.get(AFP)))])


def _largest_of_each_day(readings: Sequence[Reading]) -> list[Reading]:
    """Several sizes of one day are several lesions: the largest stands for them."""
    by_day: dict[object, list[Reading]] = {}
    for reading in readings:
        day = reading.when.on if reading.when is not None else None
        key = (day, reading.level, reading.fact.preliminary) if reading.level is Level.STANDARD else id(reading)
        by_day.setdefault(key, []).append(reading)
    return [_maximum(group) for group in by_day.values()]


def _maximum(group: Sequence[Reading]) -> Reading:
    """The largest; unknown if one of them is, unless only its place is not told and another's is."""
    sure = [reading for reading in group if reading.rank == min(each.rank for each in group)]
    unclear = next((reading for reading in sure if reading.fact.is_unknown), None)
    if unclear is not None or len(sure) == 1:
        return unclear or sure[0]
    top = max(sure, key=lambda reading: _low(reading.fact))
    return replace(top, fact=_at_least([reading.fact for reading in sure], top.fact))


def _at_least(facts: Sequence[Fact], top: Fact) -> Fact:
    """The greatest of several facts: a number if all are numbers, else everything that it may be."""
    if all(fact.is_known for fact in facts):
        return top
    ends = [bounds(fact) for fact in facts]
    highs = [end.high for end in ends]
    high = None if None in highs else max(each for each in highs if each is not None)
    return top._replace(state=State.INTERVAL, value=None, values=(), interval=Interval(_low(top), high))


def _low(fact: Fact) -> Decimal:
    return bounds(fact).low or Decimal(0)


def _highest(results: Sequence[Reading], *, open_above: bool) -> Reading:
    """The highest AFP on record; with a result that could not be understood, at least that."""
    known = [reading.fact for reading in results if not reading.fact.is_unknown]
    if not known:
        return replace(results[0], fact=results[0].fact._replace(name=HIGHEST_AFP))
    top = max(known, key=_low)
    highest = _at_least(known, top)
    if open_above or len(known) < len(results):
        highest = highest._replace(state=State.INTERVAL, value=None, values=(), interval=Interval(_low(top), None))
    return Reading(highest._replace(name=HIGHEST_AFP), None)
