"""What a fact may still be, for comparing two of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from service.clinical.values import Fact, Interval, State, Value

NOT_BELOW, NOT_ABOVE = Decimal("-Infinity"), Decimal("Infinity")


def may_be(fact: Fact) -> tuple[Value | None, ...] | Interval | None:
    """What is still possible; None for everything."""
    return {State.KNOWN: (fact.value,), State.ONE_OF: fact.values, State.INTERVAL: fact.interval}.get(fact.state)


def still_allows(later: Fact, earlier: Fact) -> bool:
    """Whether everything that was possible is possible still."""
    if later.state is State.UNKNOWN:
        return True
    if earlier.state is State.UNKNOWN:
        return later.state is not State.KNOWN
    if later.state is State.INTERVAL:
        outer, inner = _ends(later), _ends(earlier)
        return outer[0] <= inner[0] and inner[1] <= outer[1]
    return {earlier.value, *earlier.values} - {None} <= {later.value, *later.values}


def _ends(fact: Fact) -> tuple[Decimal, Decimal]:
    if fact.interval is None:
        numbers = [value for value in (fact.value, *fact.values) if isinstance(value, Decimal)]
        return min(numbers), max(numbers)
    low, high = fact.interval.low, fact.interval.high
    return NOT_BELOW if low is None else low, NOT_ABOVE if high is None else high


def possible_ends(fact: Fact, scale: Sequence[Value]) -> tuple[int, int]:
    """Places on `scale` of the best and the worst value still possible."""
    if fact.state in {State.KNOWN, State.ONE_OF}:
        places = [scale.index(value) for value in (fact.value, *fact.values) if value is not None]
        return min(places), max(places)
    return 0, len(scale) - 1
