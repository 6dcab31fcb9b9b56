"""What one element says, before it is known whose, when and by whom; and how it becomes a fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.clinical.values import Fact, Interval, State, Value
from service.fhir.definitions import DEFINITIONS, all_values
from service.fhir.either import in_order

UNIT_NOT_UNDERSTOOD = "unit not understood"
NO_UNIT = "unit not recorded"
IMPLAUSIBLE = "value not plausible"
NOT_A_NUMBER = "value is not a number"
NOT_UNDERSTOOD = "answer not understood"
STATED_UNKNOWN = "recorded as unknown"
NO_VALUE = "recorded without a value"
IN_THE_FUTURE = "dated in the future"
CONFLICTING_CODES = "codes contradict each other"


@dataclass(frozen=True, slots=True)
class Found:
    """Values still possible (one: known), or an interval, or a problem. `reported`: as the record writes it."""

    values: tuple[Value, ...] = ()
    interval: Interval | None = None
    problem: str = ""
    reported: str | None = None
    marks: tuple[str, ...] = ()


def problem(text: str, reported: str | None = None) -> Found:
    return Found(problem=text, reported=reported)


def one(value: Value) -> Found:
    return Found(values=(value,))


def fact_of(
    name: str, found: Found, *, on: date | None, source: str, marks: Iterable[str] = (), preliminary: bool = False
) -> Fact:
    """The fact that `found` makes; every value of a coded fact still possible means that nothing was said."""
    state, values = _settled(name, found)
    return Fact(
        name=name,
        state=state,
        value=values[0] if state is State.KNOWN else None,
        values=values if state is State.ONE_OF else (),
        interval=found.interval if state is State.INTERVAL else None,
        reason=(found.problem or NOT_UNDERSTOOD) if state is State.UNKNOWN else "",
        unit=DEFINITIONS[name].unit,
        reported=found.reported,
        on=on,
        source=source,
        marks=(*found.marks, *marks),
        preliminary=preliminary,
    )


def _settled(name: str, found: Found) -> tuple[State, tuple[Value, ...]]:
    if found.problem:
        return State.UNKNOWN, ()
    if found.interval is not None:
        return State.INTERVAL, ()
    values = in_order(name, set(found.values))
    if len(values) == 1:
        return State.KNOWN, values
    if not values or set(values) == set(all_values(name)):
        return State.UNKNOWN, ()
    return State.ONE_OF, values
