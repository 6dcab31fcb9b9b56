from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clinical.freshness import Window, age_days, fresh, repeat_due
from service.clinical.values import known, unknown

TODAY = date(2026, 11, 1)
LABS = Window(judge=30, repeat_before=14)
NEVER_STALE = Window()


@pytest.mark.parametrize(("days", "stale"), [(0, False), (29, False), (30, False), (31, True)])
def test_it_is_stale_from_the_day_after_its_window(days: int, stale: bool) -> None:
    fact = known("inr", Decimal("1.3"), on=TODAY - timedelta(days=days))
    assert fresh(fact, LABS, TODAY).is_unknown is stale


def test_it_says_how_old_a_stale_fact_is_and_keeps_it() -> None:
    fact = known("inr", Decimal("1.3"), on=TODAY - timedelta(days=41))
    found = fresh(fact, LABS, TODAY)
    assert found.reason == "stale: 41 days old, limit 30"
    assert found.last == fact


def test_it_does_not_trust_a_fact_without_a_date_where_dates_matter() -> None:
    undated = known("inr", Decimal("1.3"))
    assert fresh(undated, LABS, TODAY).reason == "date not recorded"
    assert fresh(undated, NEVER_STALE, TODAY) is undated


def test_it_keeps_the_reason_of_what_is_unknown_already() -> None:
    assert fresh(unknown("inr", "unit not understood"), LABS, TODAY).reason == "unit not understood"


@pytest.mark.parametrize(("days", "due"), [(14, False), (15, True), (31, True)])
def test_it_asks_to_repeat_from_the_day_after_the_second_window(days: int, due: bool) -> None:
    assert repeat_due(known("inr", 1, on=TODAY - timedelta(days=days)), LABS, TODAY) is due


def test_it_never_asks_to_repeat_what_has_no_date_or_no_window() -> None:
    assert repeat_due(known("inr", 1), LABS, TODAY) is False
    assert repeat_due(known("inr", 1, on=TODAY - timedelta(days=900)), NEVER_STALE, TODAY) is False
    assert age_days(known("inr", 1), TODAY) is None


@given(days=st.integers(0, 400), later=st.integers(0, 400), judge=st.integers(0, 400))
def test_it_never_becomes_fresh_again_by_waiting(days: int, later: int, judge: int) -> None:
    fact = known("inr", 1, on=TODAY - timedelta(days=days))
    older = fact._replace(on=TODAY - timedelta(days=days + later))
    if fresh(fact, Window(judge=judge), TODAY).is_unknown:
        assert fresh(older, Window(judge=judge), TODAY).is_unknown


@given(days=st.integers(-5, 400))
def test_it_counts_age_in_days(days: int) -> None:
    assert age_days(known("inr", 1, on=TODAY - timedelta(days=days)), TODAY) == days
