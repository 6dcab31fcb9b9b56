"""What may be known of one input of a score, and how to try every case that matters. Knows no score.

A score's input is one value, a set of values still possible, an interval (numbers only), or None: not recorded.
A score answers with the set of results that are still possible; one result left means that it is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import pairwise, product
from typing import TypeVar

from service.clinical.values import Interval

R = TypeVar("R")

Number = Decimal | frozenset[Decimal] | Interval | None
Word = str | frozenset[str] | None
Answer = bool | frozenset[bool] | None

YES_OR_NO = frozenset({True, False})


def answers(answer: Answer) -> frozenset[bool]:
    """Both answers when it was not recorded."""
    if answer is None:
        return YES_OR_NO
    return answer if isinstance(answer, frozenset) else frozenset({answer})


def words(word: Word, vocabulary: Iterable[str]) -> frozenset[str]:
    """Every word of `vocabulary` when it was not recorded; ValueError for a word that is not in it."""
    allowed = frozenset(vocabulary)
    if word is None:
        return allowed
    given = word if isinstance(word, frozenset) else frozenset({word})
    if strange := given - allowed:
        raise ValueError(f"{sorted(strange)} is not one of {sorted(allowed)}")
    return given


def hull(number: Number) -> Interval:
    """The smallest interval that holds every possible value; unbounded when it was not recorded."""
    if number is None:
        return Interval()
    if isinstance(number, Interval):
        return number
    values = number if isinstance(number, frozenset) else frozenset({number})
    return Interval(min(values), max(values))


def contains(interval: Interval, value: Decimal) -> bool:
    low, high = interval.low, interval.high
    above = low is None or value > low or (value == low and interval.low_included)
    below = high is None or value < high or (value == high and interval.high_included)
    return above and below


def samples(number: Number, cuts: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """One value for every piece of the possible values between `cuts`, and every cut itself that is possible.

    A result that changes only at cuts is the same within a piece, so trying the samples tries every case.
    """
    if isinstance(number, Decimal):
        return (number,)
    if isinstance(number, frozenset):
        return tuple(sorted(number))
    interval = number or Interval()
    ends = {end for end in (interval.low, interval.high) if end is not None}
    points = sorted({cut for cut in cuts if contains(interval, cut)} | ends) or [Decimal(0)]
    tried = [points[0] - 1, *points, points[-1] + 1, *((a + b) / 2 for a, b in pairwise(points))]
    return tuple(value for value in sorted(tried) if contains(interval, value))


def among(number: Number, scale: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """The steps of a scale (ECOG 0-5, Child-Pugh 5-15) that are possible; all of them when it was not recorded."""
    if isinstance(number, Decimal | frozenset):
        return samples(number, ())
    steps = tuple(scale)
    return tuple(step for step in steps if contains(number or Interval(), step)) or steps


def counts(number: Number, cap: int) -> tuple[int, ...]:
    """The possible whole numbers from 1 to `cap`; `cap` stands for every greater one too.

    A number that counts nothing (below 1, or none that is whole) is as good as not recorded.
    """
    if isinstance(number, Decimal | frozenset):
        found = sorted({min(cap, int(value)) for value in samples(number, ()) if value >= 1})
    else:
        interval = number or Interval()
        found = [count for count in range(1, cap) if contains(interval, Decimal(count))]
        found += [cap] if _reaches(interval, Decimal(cap)) else []
    return tuple(found) or tuple(range(1, cap + 1))


def _reaches(interval: Interval, count: Decimal) -> bool:
    return interval.high is None or interval.high > count or contains(interval, count)


def every(decide: Callable[..., R], *inputs: Iterable[object]) -> frozenset[R]:
    """The results of `decide` for every combination of the possible inputs."""
    return frozenset(decide(*combination) for combination in product(*inputs))


def all_of(*conditions: frozenset[bool]) -> frozenset[bool]:
    return every(lambda *case: all(case), *conditions)


def any_of(*conditions: frozenset[bool]) -> frozenset[bool]:
    return every(lambda *case: any(case), *conditions)


def over_box(formula: Callable[..., Decimal], *inputs: Number) -> Interval | None:
    """Bounds of a formula that rises or falls in each input alone: its extremes lie at the corners.

    None when an input was not recorded: a formula is never computed from an imputed value. An open end counts as
    included, which can only widen the bounds; ValueError for an unbounded one (narrow it to what is plausible first).
    """
    if any(number is None for number in inputs):
        return None
    values = [formula(*corner) for corner in product(*map(_ends, inputs))]
    return Interval(min(values), max(values))


def rising(formula: Callable[..., Decimal], *inputs: Number) -> Interval | None:
    """Bounds of a formula that rises with every input; None when an input was not recorded.

    An end that is open in any input is open in the result: "at least 4 nodules" gives a lower bound alone.
    """
    if any(number is None for number in inputs):
        return None
    intervals = [hull(number) for number in inputs]
    lows = [interval.low for interval in intervals if interval.low is not None]
    highs = [interval.high for interval in intervals if interval.high is not None]
    return Interval(
        low=formula(*lows) if len(lows) == len(intervals) else None,
        high=formula(*highs) if len(highs) == len(intervals) else None,
    )


def spanned(*bounds: Interval | None) -> Interval | None:
    """The smallest interval that holds all of these; None when one of them is not known."""
    known = [one for one in bounds if one is not None]
    if len(known) < len(bounds):
        return None
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    return Interval(
        low=min(lows) if len(lows) == len(known) else None,
        high=max(highs) if len(highs) == len(known) else None,
    )


def exact(bounds: Interval | None) -> Decimal | None:
    """The value, where both bounds agree."""
    return bounds.low if bounds is not None and bounds.low == bounds.high else None


def _ends(number: Number) -> tuple[Decimal, ...]:
    interval = hull(number)
    if interval.low is None or interval.high is None:
        raise ValueError("an unbounded input has no corners")
    return (interval.low,) if interval.low == interval.high else (interval.low, interval.high)


def narrowed(number: Number, low: Decimal, high: Decimal) -> Number:
    """An interval cut to what is plausible, both ends closed; anything else as it is."""
    if not isinstance(number, Interval):
        return number
    return Interval(
        low if number.low is None else min(max(number.low, low), high),
        high if number.high is None else max(min(number.high, high), low),
    )


def single(results: frozenset[R]) -> R | None:
    """The settled result, or None while several are possible."""
    return next(iter(results)) if len(results) == 1 else None
