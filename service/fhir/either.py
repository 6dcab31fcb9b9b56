"""Several facts of which any may be right: one of them, or an interval that holds them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from service.clinical.values import Fact, Interval, State, Value
from service.fhir.definitions import DEFINITIONS


def either(facts: Sequence[Fact]) -> Fact:
    """What is possible if any of these may be right; unknown if one of them is."""
    unclear = next((fact for fact in facts if fact.is_unknown), None)
    if unclear is not None:
        return unclear
    if len({(fact.state, fact.value, fact.values, fact.interval) for fact in facts}) == 1:
        return facts[0]
    base = facts[0]._replace(
        value=None,
        reported=None,
        on=min((fact.on for fact in facts if fact.on), default=None),
        source=", ".join(sorted({fact.source for fact in facts})),
        marks=tuple(dict.fromkeys(mark for fact in facts for mark in fact.marks)),
        preliminary=all(fact.preliminary for fact in facts),
        unverified=any(fact.unverified for fact in facts),
    )
    if any(fact.interval for fact in facts):
        return base._replace(state=State.INTERVAL, values=(), interval=_hull([bounds(fact) for fact in facts]))
    values = {value for fact in facts for value in (fact.values or (fact.value,)) if value is not None}
    return base._replace(state=State.ONE_OF, values=in_order(base.name, values))


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
