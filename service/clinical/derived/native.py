"""A laboratory value in the unit family it was reported in, for scores whose published cut-offs differ by unit."""

from __future__ import annotations

import re
from decimal import Decimal

from service.clinical.scores.possible import Number
from service.clinical.units import in_family
from service.clinical.values import Fact, Interval, State

_VALUE_AND_UNIT = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>\S.*)")


def native(fact: Fact, number: Number, si_unit: str) -> tuple[Number, str]:
    """Value and `si_unit` where that is how it was reported ("41 umol/L"), else `number` and the canonical unit.

    A value that is not settled (a comparator) is judged in the canonical unit.
    """
    found = _VALUE_AND_UNIT.fullmatch((fact.reported or "").strip())
    if not found or fact.state is not State.KNOWN:
        return number, ""
    reported = in_family(fact.name, Decimal(found["value"]), found["unit"])
    return reported if reported is not None and reported[1] == si_unit else (number, "")


def in_si(fact: Fact, number: Number, si_unit: str, factor: Decimal) -> Number:
    """The value in the SI unit: as reported, else the canonical one times `factor`."""
    value, unit = native(fact, number, si_unit)
    return value if unit else scaled(value, factor)


def scaled(number: Number, factor: Decimal) -> Number:
    """`number` times a factor above 0."""
    if number is None or isinstance(number, Decimal):
        return None if number is None else number * factor
    if isinstance(number, frozenset):
        return frozenset(value * factor for value in number)
    low = None if number.low is None else number.low * factor
    high = None if number.high is None else number.high * factor
    return Interval(low, high, number.low_included, number.high_included)
