from __future__ import annotations

from decimal import Decimal

import pytest

from service.clinical.derived.liver import BOARD_CURRENT
from service.clinical.derived.native import in_si, native, scaled
from service.clinical.freshness import Window
from service.clinical.values import Fact, Interval, State, known

FACTOR = Decimal("17.1")


def bilirubin(reported: str | None) -> Fact:
    return known("bilirubin", Decimal("2.0"), unit="mg/dL", reported=reported)


@pytest.mark.parametrize("reported", ["34 umol/L", "34 µmol/L", "34 UMOL/L", "34umol/L"])
def test_it_takes_the_number_as_reported_in_si_units(reported: str) -> None:
    assert native(bilirubin(reported), Decimal("2.0"), "umol/L") == (Decimal(34), "umol/L")


@pytest.mark.parametrize("reported", [None, "", "2.0 mg/dL", "about 34 umol/L", "34 bananas", "34"])
def test_it_takes_the_canonical_number_for_anything_else(reported: str | None) -> None:
    assert native(bilirubin(reported), Decimal("2.0"), "umol/L") == (Decimal("2.0"), "")


def test_it_judges_a_comparator_in_the_canonical_unit() -> None:
    interval = Interval(high=Decimal("0.2"))
    fact = Fact("bilirubin", State.INTERVAL, interval=interval, reported="3 umol/L")
    assert native(fact, interval, "umol/L") == (interval, "")


def test_it_converts_only_what_was_not_reported_in_si_units() -> None:
    assert in_si(bilirubin("34 umol/L"), Decimal("2.0"), "umol/L", FACTOR) == 34
    assert in_si(bilirubin(None), Decimal("2.0"), "umol/L", FACTOR) == Decimal("34.2")


def test_it_scales_whatever_is_known_of_a_number() -> None:
    two = Decimal(2)
    assert scaled(None, two) is None
    assert scaled(Decimal(3), two) == 6
    assert scaled(frozenset({Decimal(1), Decimal(3)}), two) == {2, 6}
    assert scaled(Interval(Decimal(1), None, low_included=False), two) == Interval(two, None, low_included=False)
    assert scaled(Interval(None, Decimal(1), high_included=False), two) == Interval(None, two, high_included=False)


def test_it_takes_a_board_record_for_current_as_long_as_its_freshness_class(windows: dict[str, Window]) -> None:
    assert windows["board"].judge == BOARD_CURRENT
