from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from service.clinical.chart import Chart
from service.clinical.values import NEVER, NOT_RECORDED, Fact, Origin, State, known, unknown


def test_it_keeps_whole_numbers_as_decimals() -> None:
    fact = known("lesion_count", 3)
    assert isinstance(fact.value, Decimal)
    assert fact.number == 3


def test_it_does_not_take_yes_or_no_for_a_number() -> None:
    fact = known("pregnant", False)
    assert fact.value is False
    with pytest.raises(TypeError, match="pregnant"):
        _ = fact.number


def test_it_refuses_the_number_of_an_unknown_fact() -> None:
    with pytest.raises(TypeError, match="bilirubin"):
        _ = unknown("bilirubin").number


def test_it_keeps_what_was_found_when_a_fact_may_no_longer_be_used() -> None:
    found = known("inr", Decimal("1.3"), unit="1", on=date(2026, 9, 1), source="Observation/i")
    gone = found.as_unknown("stale: 61 days old, limit 30")
    assert gone.is_unknown
    assert gone.value is None
    assert gone.last is found
    assert (gone.name, gone.unit, gone.on, gone.source) == ("inr", "1", date(2026, 9, 1), "Observation/i")
    assert gone.reason == "stale: 61 days old, limit 30"


def test_it_says_not_recorded_unless_there_is_another_reason() -> None:
    assert unknown("inr").reason == NOT_RECORDED == "not recorded"
    assert unknown("inr").origin is Origin.READ


def test_it_counts_what_never_happened_as_longer_ago_than_any_day() -> None:
    assert Decimal(10**9) < NEVER


def test_it_knows_its_state() -> None:
    assert known("inr", 1).is_known
    assert not known("inr", 1).is_unknown
    several = Fact("ecog", State.ONE_OF, values=(Decimal(0), Decimal(1)))
    assert not several.is_known
    assert not several.is_unknown


def test_it_reads_an_absent_fact_of_a_chart_as_not_recorded() -> None:
    chart = Chart({"inr": known("inr", 1)})
    assert chart.fact("inr").value == 1
    assert chart.fact("albumin") == unknown("albumin")
