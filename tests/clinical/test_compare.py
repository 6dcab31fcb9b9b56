from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clinical.compare import NUMERIC, Op, holds
from service.clinical.values import NEVER, Fact, Interval, State, known, unknown

TWO = Decimal(2)


def one_of(*values: Any) -> Fact:
    return Fact("bilirubin", State.ONE_OF, values=values)


def between(low: str | None, high: str | None, *, low_included: bool = True, high_included: bool = True) -> Fact:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return Fact("bilirubin", State.INTERVAL, interval=Interval(*ends, low_included, high_included))


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (Op.AT_MOST, True, True, False),
        (Op.BELOW, True, False, False),
        (Op.AT_LEAST, False, True, True),
        (Op.ABOVE, False, False, True),
        (Op.IS, False, True, False),
        (Op.IS_NOT, True, False, True),
    ],
)
def test_it_compares_a_number_just_below_at_and_just_above_the_limit(
    op: Op, below: bool, at: bool, above: bool
) -> None:
    numbers = ("1.999", "2", "2.001")
    assert [holds(known("bilirubin", Decimal(n)), op, TWO) for n in numbers] == [below, at, above]


def test_it_compares_words_and_answers() -> None:
    assert holds(known("ascites", "mild"), Op.IS, "mild") is True
    assert holds(known("ascites", "mild"), Op.IS_NOT, "mild") is False
    assert holds(known("ascites", "mild"), Op.ONE_OF, ("none", "mild")) is True
    assert holds(known("ascites", "mild"), Op.NOT_ONE_OF, ("none", "mild")) is False
    assert holds(known("pregnant", False), Op.IS, False) is True
    assert holds(known("pregnant", False), Op.IS, True) is False


@pytest.mark.parametrize("op", list(Op))
def test_it_says_nothing_of_an_unknown_fact(op: Op) -> None:
    assert holds(unknown("bilirubin"), op, TWO) is None


def test_it_refuses_to_order_words() -> None:
    with pytest.raises(TypeError, match="compares numbers"):
        holds(known("ascites", "mild"), Op.AT_MOST, TWO)
    with pytest.raises(TypeError, match="compares numbers"):
        holds(known("bilirubin", TWO), Op.AT_MOST, "two")


def test_it_settles_several_values_only_when_they_agree() -> None:
    assert holds(one_of(Decimal(1), TWO), Op.AT_MOST, TWO) is True
    assert holds(one_of(Decimal(3), Decimal(4)), Op.AT_MOST, TWO) is False
    assert holds(one_of(TWO, Decimal(3)), Op.AT_MOST, TWO) is None
    assert holds(Fact("bclc_stage", State.ONE_OF, values=("B", "C")), Op.IS_NOT, "D") is True


@pytest.mark.parametrize(
    ("fact", "op", "expected"),
    [
        (between(None, "2"), Op.AT_MOST, True),
        (between(None, "2"), Op.BELOW, None),
        (between(None, "2", high_included=False), Op.BELOW, True),
        (between(None, "2", high_included=False), Op.AT_LEAST, False),
        (between(None, "2"), Op.ABOVE, False),
        (between("2", None), Op.AT_LEAST, True),
        (between("2", None), Op.ABOVE, None),
        (between("2", None, low_included=False), Op.ABOVE, True),
        (between("2", None, low_included=False), Op.AT_MOST, False),
        (between("2", None), Op.AT_MOST, None),
        (between("2.1", None), Op.AT_MOST, False),
        (between("1", "3"), Op.AT_MOST, None),
        (between(None, None), Op.AT_MOST, None),
    ],
)
def test_it_settles_a_comparator_only_when_all_of_it_lies_on_one_side(
    fact: Fact, op: Op, expected: bool | None
) -> None:
    assert holds(fact, op, TWO) is expected


@pytest.mark.parametrize("op", [Op.IS, Op.IS_NOT, Op.ONE_OF, Op.NOT_ONE_OF])
def test_it_never_settles_a_comparator_by_a_value(op: Op) -> None:
    limit = ("2",) if op in {Op.ONE_OF, Op.NOT_ONE_OF} else TWO
    assert holds(between("1", None), op, limit) is None


def test_it_meets_every_minimum_with_what_never_happened() -> None:
    assert holds(known("days_since_mi", NEVER), Op.AT_LEAST, Decimal(36500)) is True
    assert holds(known("days_since_mi", NEVER), Op.BELOW, Decimal(42)) is False


whole = st.integers(0, 12).map(Decimal)
ends = st.one_of(st.none(), whole)
intervals = st.builds(Interval, ends, ends, st.booleans(), st.booleans())
numeric = st.sampled_from(sorted(NUMERIC))
TRIED = [Decimal(n) / 4 for n in range(-8, 60)]


def inside(interval: Interval) -> list[Decimal]:
    """Quarters that lie in it: enough to meet every stretch between whole numbers, and both sides beyond them."""
    return [
        value
        for value in TRIED
        if (interval.low is None or value > interval.low or (interval.low_included and value == interval.low))
        and (interval.high is None or value < interval.high or (interval.high_included and value == interval.high))
    ]


@given(interval=intervals, op=numeric, limit=whole)
def test_it_judges_an_interval_as_all_its_values_together(interval: Interval, op: Op, limit: Decimal) -> None:
    outcomes = {holds(known("bilirubin", value), op, limit) for value in inside(interval)}
    if outcomes:
        expected = outcomes.pop() if len(outcomes) == 1 else None
        assert holds(Fact("bilirubin", State.INTERVAL, interval=interval), op, limit) is expected


@given(values=st.sets(whole, min_size=1, max_size=5), op=st.sampled_from(list(Op)), limit=whole)
def test_it_judges_several_values_as_all_of_them_together(values: set[Decimal], op: Op, limit: Decimal) -> None:
    outcomes = {holds(known("bilirubin", value), op, limit) for value in values}
    expected = outcomes.pop() if len(outcomes) == 1 else None
    assert holds(one_of(*sorted(values)), op, limit) is expected


@given(values=st.sets(whole, min_size=2, max_size=5), op=st.sampled_from(list(Op)), limit=whole)
def test_it_never_turns_an_outcome_when_less_is_known(values: set[Decimal], op: Op, limit: Decimal) -> None:
    fewer = sorted(values)[:-1]
    assert holds(one_of(*sorted(values)), op, limit) in {holds(one_of(*fewer), op, limit), None}


OPPOSITE = {Op.AT_MOST: Op.ABOVE, Op.BELOW: Op.AT_LEAST, Op.IS: Op.IS_NOT}


@given(
    fact=st.one_of(
        whole.map(lambda n: known("bilirubin", n)),
        intervals.map(lambda i: Fact("bilirubin", State.INTERVAL, interval=i)),
    ),
    op=st.sampled_from(sorted(OPPOSITE)),
    limit=whole,
)
def test_it_says_the_opposite_of_the_opposite_comparison(fact: Fact, op: Op, limit: Decimal) -> None:
    if fact.interval is not None and len(inside(fact.interval)) == 0:
        return
    one, other = holds(fact, op, limit), holds(fact, OPPOSITE[op], limit)
    assert (one is None and other is None) or one is (not other)
