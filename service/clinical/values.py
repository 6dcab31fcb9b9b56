"""What is known of one datum. Knows no FHIR and no criteria.

A fact is never just a number: it may be known, one of several values, an interval (a comparator such as "<0.2", a score
with a missing input), or unknown for a stated reason. Comparisons over facts are three-valued (see compare.py).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

Value = Decimal | str | bool
"""Numbers are Decimal from the wire to the card; coded values and answers are snake_case text; yes/no is bool."""

NEVER = Decimal("Infinity")
"""Value of a `days since …` fact when the record says that it never happened: it meets every minimum."""


class State(StrEnum):
    KNOWN = "known"
    ONE_OF = "one_of"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    READ = "read"
    ASKED = "asked"
    COMPUTED = "computed"
    SETTING = "setting"


class Interval(NamedTuple):
    """Numbers between two bounds, in the fact's canonical unit; None is unbounded."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool = True
    high_included: bool = True


class Fact(NamedTuple):
    """One named datum of one patient or order. `name` and canonical `unit` are those of facts.csv. A tuple, as every
    call makes more than a hundred.

    value      KNOWN: the value in the canonical unit
    values     ONE_OF: every value that is still possible, in the order of facts.csv or ascending
    interval   INTERVAL: the bounds
    reason     UNKNOWN: why, in words for a clinician ("not recorded", "stale: 41 days old, limit 30")
    reported   value and unit as the record gives them, for display ("41 umol/L"); None when the same as value and unit
    on         day on which it was observed; for a computed fact the oldest input's
    source     "Observation/b1", "order", "Patient/1", or "" for a computed fact
    inputs     names of the facts that a computed fact used
    last       UNKNOWN because stale, preliminary or contradictory: what was found all the same
    marks      short remarks to print with the value: "converted", "native units", "derived from Karnofsky", "bounds"
    preliminary  its only source is a preliminary result: unknown for absolute and required criteria
    unverified  its only source is a code whose meaning nobody has verified: unknown for the same criteria
    closed_world "no" was concluded from the absence of a record because the client's settings allow it
    firm        of a computed fact with a preliminary or unverified input: what follows without that input
    """

    name: str
    state: State
    value: Value | None = None
    values: tuple[Value, ...] = ()
    interval: Interval | None = None
    reason: str = ""
    unit: str = ""
    reported: str | None = None
    on: date | None = None
    source: str = ""
    origin: Origin = Origin.READ
    inputs: tuple[str, ...] = ()
    last: Fact | None = None
    marks: tuple[str, ...] = ()
    preliminary: bool = False
    unverified: bool = False
    closed_world: bool = False
    firm: Fact | None = None

    @property
    def is_known(self) -> bool:
        return self.state is State.KNOWN

    @property
    def is_unknown(self) -> bool:
        return self.state is State.UNKNOWN

    @property
    def number(self) -> Decimal:
        """The value of a KNOWN numeric fact; TypeError otherwise (asking for it is a programming error)."""
        if isinstance(self.value, Decimal):
            return self.value
        raise TypeError(f"{self.name} is not a known number")

    @property
    def weakness(self) -> str:
        """Why it may not settle an absolute or required criterion, in words for a clinician; "" when it may."""
        if self.is_unknown:
            return ""
        return PRELIMINARY if self.preliminary else UNVERIFIED if self.unverified else ""

    def firmly(self) -> Fact:
        """As far as final results with verified codes settle it, for absolute and required criteria."""
        if not self.weakness:
            return self
        if self.firm is not None and not self.firm.is_unknown:
            return self.firm
        return self.as_unknown(self.weakness)

    def as_unknown(self, reason: str) -> Fact:
        """The same fact, no longer to be used, for `reason`; what was found stays visible in `last`."""
        return Fact(self.name, State.UNKNOWN, reason=reason, unit=self.unit, last=self, on=self.on, source=self.source)


NOT_RECORDED = "not recorded"
PRELIMINARY = "preliminary result only"
UNVERIFIED = "meaning of its code not verified"


def known(
    name: str,
    value: Value | int,
    *,
    unit: str = "",
    on: date | None = None,
    source: str = "",
    origin: Origin = Origin.READ,
    inputs: tuple[str, ...] = (),
    reported: str | None = None,
    marks: tuple[str, ...] = (),
) -> Fact:
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    return Fact(
        name=name, state=State.KNOWN, value=value, unit=unit, on=on, source=source, origin=origin, inputs=inputs,
        reported=reported, marks=marks,
    )  # fmt: skip


def unknown(name: str, reason: str = NOT_RECORDED, *, inputs: tuple[str, ...] = ()) -> Fact:
    if reason == NOT_RECORDED and not inputs:
        return _not_recorded(name)
    return Fact(name=name, state=State.UNKNOWN, reason=reason, inputs=inputs)


@lru_cache(maxsize=1024)
def _not_recorded(name: str) -> Fact:
    """One object per name: of every patient most facts are not recorded."""
    return Fact(name=name, state=State.UNKNOWN, reason=NOT_RECORDED)
