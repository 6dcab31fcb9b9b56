"""Logarithm, power and square root for formulas: Decimal in, Decimal out, so that no float leaves this module."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_CONTEXT = Context(prec=28)


@lru_cache(maxsize=1024)
def ln(value: Decimal) -> Decimal:
    """ValueError unless the value is above 0."""
    return _positive(value).ln(_CONTEXT)


@lru_cache(maxsize=1024)
def log10(value: Decimal) -> Decimal:
    """ValueError unless the value is above 0."""
    return _positive(value).log10(_CONTEXT)


@lru_cache(maxsize=1024)
def power(value: Decimal, exponent: Decimal) -> Decimal:
    """ValueError unless the value is above 0."""
    return _CONTEXT.power(_positive(value), exponent)


def root(value: Decimal) -> Decimal:
    """Square root; ValueError below 0."""
    return Decimal(0) if value == 0 else _positive(value).sqrt(_CONTEXT)


def half_up(value: Decimal) -> Decimal:
    """To a whole number, a half upwards (Python's own rounding takes a half to the even number)."""
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def clamp(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    return min(max(value, low), high)


def _positive(value: Decimal) -> Decimal:
    if value > 0:
        return value
    raise ValueError("a formula needs a number above 0")
