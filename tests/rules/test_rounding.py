from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clinical.values import Interval, Origin, known
from service.rules.rounding import readable, readable_bounds
from service.rules.wording import fact_text, filled, reported_text


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("54.318273", "54.32"), ("29.996", "30"), ("0.0061234", "0.00612"), ("-2.61493", "-2.61"), ("7", "7"),
        ("1.50", "1.50"), ("0", "0"), ("100.001", "100"), ("0.000", "0.000"), ("Infinity", "Infinity"),
    ],
)  # fmt: skip
def test_it_leaves_out_digits_that_nobody_reads(whole, shown):
    assert f"{readable(Decimal(whole)):f}" == shown


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=9))
def test_it_stays_within_half_a_step_of_the_whole_number(number):
    assert abs(readable(number) - number) <= Decimal("0.005")


def test_it_rounds_both_bounds_that_are_there():
    assert readable_bounds(Interval(Decimal("1.2345"), None)) == Interval(Decimal("1.23"), None)
    assert readable_bounds(Interval(None, Decimal("1.2345"))) == Interval(None, Decimal("1.23"))


def test_it_rounds_only_what_was_computed():
    computed = known("egfr", Decimal("29.123456"), origin=Origin.COMPUTED)
    assert fact_text(computed) == "29.12 mL/min/1.73 m²"
    assert fact_text(known("egfr", Decimal("29.123456"))) == "29.123456 mL/min/1.73 m²"


@pytest.mark.parametrize(
    ("reported", "shown"),
    [
        ("41 umol/L", "41 µmol/L"), ("<5 umol/L", "<5 µmol/L"), ("120 10*9/L", "120 ×10⁹/L"), ("1.3 1", "1.3"),
        ("1.3 mg/dL", "1.3 mg/dL"), ("1.0 to 1", "1.0 to 1"), ("umol/L", "umol/L"),
    ],
)  # fmt: skip
def test_it_writes_a_reported_unit_with_its_signs_and_leaves_the_number(reported, shown):
    assert reported_text(reported) == shown


def test_it_calls_no_days_ago_today():
    assert filled("Taken {found} ago; at least {limit}.", "0 days", "61 days") == "Taken today; at least 61 days."
    assert filled("The test is {found} old.", "0 days", "7 days") == "The test is of today."
    assert filled("Taken {found} ago.", "10 days", "61 days") == "Taken 10 days ago."
