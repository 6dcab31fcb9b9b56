"""The decision tables are whole: every value and every word gives exactly one result."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from service.clinical.scores import table_check
from service.clinical.scores.bands import Band, bands, faults, meaning
from service.clinical.scores.possible import YES_OR_NO
from service.clinical.scores.substage import ECOG, TOTALS, matches
from service.clinical.scores.table_check import check_table, check_tables, table_names
from service.clinical.scores.transplant import Burden
from service.clinical.values import Interval


@pytest.mark.parametrize("table", table_names())
def test_it_has_no_gaps_and_no_overlaps(table: str) -> None:
    assert check_table(table) == ()


def test_it_checks_every_table() -> None:
    assert len(table_names()) >= 15
    assert check_tables() == ()


D = Decimal
BELOW_TWO, FROM_TWO = Interval(high=D(2), high_included=False), Interval(low=D(2))


@pytest.mark.parametrize(
    ("intervals", "fault"),
    [
        ((BELOW_TWO, Interval(low=D(3))), "gap between 2 and 3"),
        ((BELOW_TWO, Interval(low=D(2), low_included=False)), "gap at 2"),
        ((Interval(high=D(2)), FROM_TWO), "overlap at 2"),
        ((Interval(high=D(3)), FROM_TWO), "overlap at 2"),
        ((Interval(D(0), D(2), high_included=False), FROM_TWO), "nothing covers the lowest values"),
        ((BELOW_TWO, Interval(D(2), D(9))), "nothing covers the highest values"),
        ((Interval(), FROM_TWO), "overlap at 2"),
        ((BELOW_TWO, Interval(high=D(9))), "overlap at 2"),
        ((BELOW_TWO, Interval(D(3), D(2)), FROM_TWO), f"nothing lies in {Interval(D(3), D(2))}"),
    ],
)
def test_it_names_a_fault(intervals: tuple[Interval, ...], fault: str) -> None:
    assert fault in faults(Band(interval, "x") for interval in intervals)


def test_it_finds_no_fault_in_neighbours_that_meet() -> None:
    assert faults([Band(BELOW_TWO, "1"), Band(FROM_TWO, "2")]) == ()


def test_it_finds_no_fault_in_a_band_of_one_value() -> None:
    above_two = Interval(low=D(2), low_included=False)
    assert faults([Band(BELOW_TWO, "1"), Band(Interval(D(2), D(2)), "2"), Band(above_two, "3")]) == ()


def test_it_names_a_word_that_stands_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"item": "ascites", "word": word, "result": "1"} for word in ("none", "mild", "none")]
    monkeypatch.setattr(table_check, "table_rows", lambda table: rows)
    assert check_table("child_pugh_words") == ("ascites: none occurs 2 times",)


def test_it_names_a_case_that_two_rows_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_check, "matches", lambda table, total, *rest: ("B1", "B2") if total == 5 else ("B1",))
    found = check_table("kinki")
    assert len(found) == 2 * 6 * 2
    assert all(fault.startswith("two rows fit (Decimal('5'),") for fault in found)


def test_it_leaves_only_the_known_gaps_in_bolondi() -> None:
    cases = product(TOTALS, Burden, ECOG, YES_OR_NO)
    covered = {
        (int(total), str(burden), int(ecog), thrombosis)
        for total, burden, ecog, thrombosis in cases
        if matches("bolondi", total, burden, ecog, thrombosis)
    }
    assert covered == (
        {(total, burden, 0, False) for total in (5, 6, 7, 8, 9) for burden in ("within", "beyond")}
        | {(total, burden, 1, False) for total in (8, 9) for burden in ("within", "beyond")}
        | {(total, burden, 0, True) for total in (5, 6) for burden in ("within", "beyond")}
    )


def test_it_refuses_a_unit_without_cut_offs() -> None:
    with pytest.raises(KeyError, match="no bands for bilirubin in mmol/L"):
        bands("child_pugh", "bilirubin", "mmol/L")


def test_it_refuses_a_word_that_the_table_does_not_hold() -> None:
    with pytest.raises(ValueError, match="is not one of"):
        meaning("child_pugh_words", "ascites", "a little")
