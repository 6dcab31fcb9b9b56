"""Strategies: a value together with something less exact that still allows it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from service.clinical.scores.possible import contains
from service.clinical.values import Interval

Pair = tuple[Any, Any]
JUST = Decimal("0.05")


def numbers(low: str, high: str, places: int = 1) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places, allow_nan=False, allow_infinity=False)


def whole(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(Decimal)


@st.composite
def blurred_number(draw: st.DrawFn, exact: st.SearchStrategy[Decimal], *, missing: bool = True) -> tuple[Decimal, Any]:
    """(value, one of: itself, a set with it, an interval around it, None)."""
    value = draw(exact)
    kinds = ["exact", "set", "interval", "at least", "at most", "above", "below"] + (["missing"] if missing else [])
    match draw(st.sampled_from(kinds)):
        case "exact":
            return value, value
        case "set":
            return value, frozenset({value, draw(exact)})
        case "interval":
            other = draw(exact)
            return value, Interval(min(value, other), max(value, other))
        case "at least":
            return value, Interval(low=value)
        case "at most":
            return value, Interval(high=value)
        case "above":
            return value, Interval(low=value - JUST, low_included=False)
        case "below":
            return value, Interval(high=value + JUST, high_included=False)
    return value, None


@st.composite
def blurred_choice(draw: st.DrawFn, options: tuple[Any, ...]) -> tuple[Any, Any]:
    """(choice, one of: itself, a set with it, None)."""
    choice = draw(st.sampled_from(options))
    others = draw(st.frozensets(st.sampled_from(options)))
    return choice, draw(st.sampled_from([choice, others | {choice}, None]))


def blurred_answer() -> st.SearchStrategy[tuple[bool, Any]]:
    return blurred_choice((True, False))


BILIRUBIN = numbers("0.2", "30")
ALBUMIN = numbers("1.0", "6.0")
INR = numbers("0.8", "6")
CREATININE = numbers("0.3", "12")
SODIUM = whole(115, 150)
SIZE = numbers("0.3", "12")
COUNT = whole(1, 12)
ECOG = whole(0, 5)
TOTAL = whole(5, 15)
ASCITES = ("none", "trace", "mild", "moderate_severe", "refractory")
ENCEPHALOPATHY = ("none", "grade_1_2", "grade_3_4")
LIVER = ("preserved", "impaired", "end_stage")


def split(*pairs: Pair) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """(the exact inputs, the blurred ones)."""
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)


def within(bounds: Interval | None, value: Decimal) -> bool:
    assert bounds is not None
    return contains(bounds, value)
