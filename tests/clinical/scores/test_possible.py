"""The uniform shape of inputs: samples try every case, bounds close, words and counts are checked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.clinical.scores.possible import (
    all_of,
    among,
    answers,
    any_of,
    counts,
    exact,
    hull,
    narrowed,
    over_box,
    rising,
    samples,
    single,
    spanned,
    words,
)
from service.clinical.values import Interval

D = Decimal
BOTH = frozenset({True, False})


def test_it_tries_each_piece_and_each_cut() -> None:
    assert samples(None, (D(1), D(3))) == (D(0), D(1), D(2), D(3), D(4))
    assert samples(Interval(D(1), D(3), low_included=False), (D(1), D(3))) == (D(2), D(3))
    assert samples(Interval(low=D("2.1"), high=D("2.3"), high_included=False), (D(2),)) == (D("2.1"), D("2.2"))
    assert samples(Interval(high=D(0), high_included=False), ()) == (D(-1),)
    assert samples(D(7), (D(1),)) == (D(7),)
    assert samples(frozenset({D(3), D(2)}), (D(9),)) == (D(2), D(3))
    assert samples(None, ()) == (D(-1), D(0), D(1))


def test_it_counts_whole_things_up_to_a_cap() -> None:
    assert counts(D(12), 4) == (4,)
    assert counts(frozenset({D(2), D(9), D(11)}), 4) == (2, 4)
    assert counts(None, 3) == (1, 2, 3)
    assert counts(Interval(low=D(3), low_included=False), 4) == (4,)
    assert counts(Interval(D(5), D(9)), 4) == (4,)
    assert counts(Interval(high=D(2)), 4) == (1, 2)
    assert counts(Interval(high=D(4), high_included=False), 4) == (1, 2, 3)
    assert counts(Interval(high=D(4)), 4) == (1, 2, 3, 4)


def test_it_takes_a_count_of_nothing_as_not_recorded() -> None:
    assert counts(D(0), 2) == (1, 2)
    assert counts(frozenset({D(0), D(1)}), 2) == (1,)
    assert counts(Interval(D("2.2"), D("2.8")), 4) == (1, 2, 3, 4)


def test_it_tries_only_the_steps_of_a_scale() -> None:
    scale = (D(0), D(1), D(2))
    assert among(None, scale) == scale
    assert among(Interval(low=D(0), low_included=False), scale) == (D(1), D(2))
    assert among(Interval(low=D(7)), scale) == scale
    assert among(frozenset({D(2), D(0)}), scale) == (D(0), D(2))


def test_it_gives_both_answers_when_none_was_recorded() -> None:
    assert answers(None) == BOTH
    assert answers(frozenset({True})) == answers(True) == {True}


def test_it_gives_every_word_when_none_was_recorded() -> None:
    assert words(None, ("a", "b")) == {"a", "b"}
    assert words(frozenset({"a"}), ("a", "b")) == words("a", ("a", "b")) == {"a"}
    with pytest.raises(ValueError, match=r"\['c'\] is not one of \['a', 'b'\]"):
        words("c", ("a", "b"))


def test_it_finds_the_hull_of_what_is_possible() -> None:
    assert hull(None) == Interval()
    assert hull(D(2)) == Interval(D(2), D(2))
    assert hull(frozenset({D(4), D(1)})) == Interval(D(1), D(4))


def difference(one: Decimal, other: Decimal) -> Decimal:
    return one - other


def test_it_finds_the_extremes_at_the_corners() -> None:
    assert over_box(difference, Interval(D(1), D(3)), Interval(D(0), D(5))) == Interval(D(-4), D(3))
    assert over_box(difference, None, D(1)) is None
    with pytest.raises(ValueError, match="no corners"):
        over_box(difference, Interval(low=D(1)), D(1))


def total(one: Decimal, other: Decimal) -> Decimal:
    return one + other


def test_it_leaves_an_open_end_open() -> None:
    assert rising(total, Interval(low=D(4)), D(2)) == Interval(low=D(6))
    assert rising(total, D(4), Interval(high=D(2))) == Interval(high=D(6))
    assert rising(total, D(4), None) is None


def test_it_closes_an_interval_at_what_is_plausible() -> None:
    low, high = D(1), D(10)
    assert narrowed(Interval(low=D(3)), low, high) == Interval(D(3), D(10))
    assert narrowed(Interval(high=D(3)), low, high) == Interval(D(1), D(3))
    assert narrowed(Interval(high=D("0.5")), low, high) == Interval(D(1), D(1))
    assert narrowed(Interval(low=D(50)), low, high) == Interval(D(10), D(10))
    assert narrowed(D(50), low, high) == D(50)
    assert narrowed(None, low, high) is None


def test_it_spans_several_bounds() -> None:
    assert spanned(Interval(D(1), D(2)), Interval(D(0), D(1))) == Interval(D(0), D(2))
    assert spanned(Interval(low=D(1)), Interval(D(0), D(9))) == Interval(low=D(0))
    assert spanned(Interval(high=D(1)), Interval(D(0), D(9))) == Interval(high=D(9))
    assert spanned(Interval(D(0), D(1)), None) is None


def test_it_names_a_settled_result_only() -> None:
    assert single(frozenset({"a"})) == "a"
    assert single(frozenset({"a", "b"})) is None
    assert exact(Interval(D(2), D(2))) == D(2)
    assert exact(Interval(D(2), D(3))) is None
    assert exact(None) is None


def test_it_combines_three_valued_conditions() -> None:
    yes, no = frozenset({True}), frozenset({False})
    assert all_of(yes, BOTH) == any_of(no, BOTH) == BOTH
    assert all_of(no, BOTH) == no
    assert any_of(yes, BOTH) == yes
