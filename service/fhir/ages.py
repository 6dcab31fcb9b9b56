"""Facts that are an age: days since a date, or days recorded on a day from which more have passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from service.clinical.values import NEVER, Interval
from service.fhir import found as say
from service.fhir.answer import Answer
from service.fhir.definitions import DEFINITIONS
from service.fhir.found import Found
from service.fhir.moments import Moment
from service.fhir.understand import in_own_unit, read_answer


def days_since(moment: Moment | None, today: date) -> Found:
    """Whole days from a moment until today; every number still possible for a partial date."""
    if moment is None:
        return say.problem("date not recorded")
    longest, shortest = (today - moment.on).days, max((today - moment.last).days, 0)
    if longest == shortest:
        return say.one(Decimal(longest))
    return Found(interval=Interval(Decimal(shortest), Decimal(longest)))


def is_age(name: str) -> bool:
    return DEFINITIONS[name].type == "date_age"


def age(name: str, given: Answer, moment: Moment | None, today: date, when: Moment | None) -> Found:
    """An age recorded as a date (`when`), or as days on a day (`moment`) from which more have passed.

    "Never" holds like a date: until a newer record says otherwise. Without a day it says nothing.
    """
    if given.when is not None:
        return days_since(when, today) if when is None or when.on <= today else say.problem(say.IN_THE_FUTURE)
    found = read_answer(name, in_own_unit(name, given))
    if moment is None and found.values == (NEVER,):
        return say.problem("date not recorded")
    return _older(found, moment, today)


def _older(found: Found, moment: Moment | None, today: date) -> Found:
    passed = Decimal(0 if moment is None else (today - moment.on).days)
    days = found.values[0] if len(found.values) == 1 else None
    if isinstance(days, Decimal):
        return replace(found, values=(days + passed,))
    if found.interval is None:
        return found
    low, high = found.interval.low, found.interval.high
    moved = found.interval._replace(
        low=None if low is None else low + passed, high=None if high is None else high + passed
    )
    return replace(found, interval=moved)
