"""Three-valued comparison of a fact with a limit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from service.clinical.values import Fact, Interval, State, Value

Limit = Value | tuple[str, ...]


class Op(StrEnum):
    AT_MOST = "at most"
    BELOW = "below"
    AT_LEAST = "at least"
    ABOVE = "above"
    IS = "is"
    IS_NOT = "is not"
    ONE_OF = "one of"
    NOT_ONE_OF = "not one of"


NUMERIC = frozenset({Op.AT_MOST, Op.BELOW, Op.AT_LEAST, Op.ABOVE})

_ORDER: dict[Op, Callable[[Decimal, Decimal], bool]] = {
    Op.AT_MOST: lambda value, limit: value <= limit,
    Op.BELOW: lambda value, limit: value < limit,
    Op.AT_LEAST: lambda value, limit: value >= limit,
    Op.ABOVE: lambda value, limit: value > limit,
}


def holds(fact: Fact, op: Op, limit: Limit) -> bool | None:
    """True if every value still possible satisfies the comparison, False if none does, None otherwise."""
    match fact.state:
        case State.UNKNOWN:
            return None
        case State.KNOWN:
            return _single(fact.value, op, limit)
        case State.ONE_OF:
            outcomes = {_single(value, op, limit) for value in fact.values}
            return outcomes.pop() if len(outcomes) == 1 else None
        case State.INTERVAL:
            return _interval(fact.interval or Interval(), op, limit)


def _single(value: Value | None, op: Op, limit: Limit) -> bool:
    if op in NUMERIC:
        if isinstance(value, Decimal) and isinstance(limit, Decimal):
            return _ORDER[op](value, limit)
        raise TypeError(f"{op!s} compares numbers, not {type(value).__name__} with {type(limit).__name__}")
    allowed = limit if isinstance(limit, tuple) else (limit,)
    return (value in allowed) == (op in {Op.IS, Op.ONE_OF})


def _interval(interval: Interval, op: Op, limit: Limit) -> bool | None:
    if not isinstance(limit, Decimal) or op not in NUMERIC:
        return None
    if op in {Op.BELOW, Op.AT_MOST}:
        upward = _interval(interval, Op.AT_LEAST if op is Op.BELOW else Op.ABOVE, limit)
        return None if upward is None else not upward
    low, high = interval.low, interval.high
    strict = op is Op.ABOVE
    if low is not None and (low > limit or (low == limit and (not strict or not interval.low_included))):
        return True
    if high is not None and (high < limit or (high == limit and (strict or not interval.high_included))):
        return False
    return None
