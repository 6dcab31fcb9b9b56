"""Draws: the same for the same name, spread as the weights say."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from service.cohort.generate.draws import Draws
from service.cohort.generate.numbers import at

_SHARES = st.integers(0, 10**6 - 1).map(lambda n: Decimal(n) / 10**6)


@given(st.integers(0, 2**31), st.integers(0, 10**6), st.text(max_size=9))
def test_a_share_lies_between_0_and_1_and_is_repeatable(seed: int, index: int, name: str) -> None:
    share = Draws(seed, index).share(name)
    assert 0 <= share < 1
    assert share == Draws(seed, index).share(name)


def test_it_picks_as_often_as_the_weights_say_and_nothing_for_the_rest() -> None:
    weights = [("a", Decimal(10)), ("b", Decimal(30))]
    found = Counter(Draws(1, index).weighted("x", weights, Decimal(100)) for index in range(5000))
    assert abs(found["a"] - 500) < 100
    assert abs(found["b"] - 1500) < 150
    assert found[None] == 5000 - found["a"] - found["b"]


def test_it_always_picks_where_nothing_says_otherwise() -> None:
    assert {Draws(1, index).weighted("x", [("a", Decimal(1)), ("b", Decimal(1))]) for index in range(50)} == {"a", "b"}


def test_it_reaches_both_ends() -> None:
    assert {Draws(1, index).whole("x", 1, 3) for index in range(60)} == {1, 2, 3}
    assert {Draws(1, index).one("x", "ab") for index in range(60)} == {"a", "b"}


def test_another_name_is_another_draw() -> None:
    assert len({Draws(1, 1).share(str(n)) for n in range(1000)}) == 1000


@given(st.lists(st.integers(-50, 50), min_size=5, max_size=5).map(sorted), _SHARES, _SHARES)
def test_a_number_lies_within_its_points_and_rises_with_its_share(
    points: list[int], one: Decimal, other: Decimal
) -> None:
    places = [Decimal(point) for point in points]
    low, high = (at(places, share) for share in sorted((one, other)))
    assert places[0] <= low <= high <= places[-1]


def test_a_number_meets_its_points() -> None:
    points = [Decimal(n) for n in (0, 1, 4, 9, 16)]
    assert [at(points, Decimal(share)) for share in ("0", "0.1", "0.5", "0.9", "0.7")] == [0, 1, 4, 9, Decimal("6.5")]
