"""What one element says, before it is known whose, when and by whom; and how it becomes a fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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


def fact_of(name: str, found: Found, *, on: date | None, source: str, marks: Iterable[str] = ()) -> Fact:
    """The fact that `found` makes; every value of a coded fact still possible means that nothing was said."""
    bare = Fact(
        name=name,
        state=State.UNKNOWN,
        reason=found.problem,
        unit=DEFINITIONS[name].unit,
        reported=found.reported,
        on=on,
        source=source,
        marks=(*found.marks, *marks),
    )
    values = in_order(name, set(found.values))
    if found.problem:
        return bare
    if found.interval is not None:
        return replace(bare, state=State.INTERVAL, interval=found.interval)
    if len(values) == 1:
        return replace(bare, state=State.KNOWN, value=values[0])
    if not values or set(values) == set(all_values(name)):
        return replace(bare, reason=NOT_UNDERSTOOD)
    return replace(bare, state=State.ONE_OF, values=values)
