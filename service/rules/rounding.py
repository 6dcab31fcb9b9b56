"""Computed numbers as they are shown. Knows no facts; limits are compared with the whole number, never with these."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.values import Interval

_DECIMALS = 2


def readable(number: Decimal) -> Decimal:
    """Without the digits that nobody reads: two decimals, of a number below 1 three significant digits."""
    if not number.is_finite():
        return number
    rounded = round(number, max(_DECIMALS, _DECIMALS - number.adjusted()) if number else 0)
    return number if rounded == number else rounded.normalize()


def readable_bounds(interval: Interval) -> Interval:
    low, high = interval.low, interval.high
    return interval._replace(low=None if low is None else readable(low), high=None if high is None else readable(high))
