"""Child-Pugh: native units, missing items, trace ascites, the disputed INR band."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.clinical.scores.child_pugh import ITEMS, child_pugh, child_pugh_class
from service.clinical.values import Interval

D = Decimal


def test_it_judges_each_unit_family_by_its_own_cut_offs() -> None:
    in_mg = child_pugh(D("3.0"), D("3.5"), D(1), "none", "none")
    in_umol = child_pugh(D("51.3"), D(35), D(1), "none", "none", bilirubin_unit="umol/L", albumin_unit="g/L")
    assert in_mg.items["bilirubin"] == {D(2)}
    assert in_umol.items["bilirubin"] == {D(3)}
    assert in_mg.items["albumin"] == in_umol.items["albumin"] == {D(2)}


def test_it_gives_five_to_fifteen_when_nothing_is_known() -> None:
    nothing = child_pugh(None, None, None, None, None)
    assert (nothing.low, nothing.high) == (D(5), D(15))
    assert nothing.classes == {"A", "B", "C"}
    assert nothing.total is None
    assert tuple(nothing.items) == ITEMS


def test_it_settles_the_class_when_every_total_lies_in_one() -> None:
    bounded = child_pugh(D("3.5"), D("2.5"), None, "refractory", "none")
    assert (bounded.low, bounded.high) == (D(11), D(13))
    assert bounded.classes == {"C"}


def test_it_uses_a_comparator_only_as_far_as_it_reaches() -> None:
    assert child_pugh(Interval(high=D("0.2"), high_included=False), None, None, None, None).items["bilirubin"] == {D(1)}
    assert child_pugh(Interval(low=D(3), low_included=False), None, None, None, None).items["bilirubin"] == {D(3)}
    assert child_pugh(Interval(low=D(3)), None, None, None, None).items["bilirubin"] == {D(2), D(3)}


def test_it_does_not_settle_whether_trace_ascites_counts() -> None:
    assert child_pugh(D(1), D(4), D(1), "trace", "none").items["ascites"] == {D(1), D(2)}
    several = child_pugh(D(1), D(4), D(1), frozenset({"trace", "refractory"}), "none")
    assert several.items["ascites"] == {D(1), D(2), D(3)}


@pytest.mark.parametrize(
    ("inr", "albumin", "matters"),
    [
        ("2.2", "3.0", False),
        ("2.25", "4.0", False),
        ("2.25", "3.0", False),
        ("2.25", "2.5", True),
        ("2.3", "2.5", True),
        ("2.31", "2.5", False),
    ],
)
def test_it_says_when_the_disputed_inr_band_changes_the_class(inr: str, albumin: str, matters: bool) -> None:
    found = child_pugh(D("2.5"), D(albumin), D(inr), "none", "none")
    assert found.inr_band_matters is matters


def test_it_has_cholestatic_cut_offs_in_mg_alone() -> None:
    found = child_pugh(D("3.9"), D(4), D(1), "none", "none", cholestatic=True)
    assert found.items["bilirubin"] == {D(1)}
    with pytest.raises(KeyError, match="no bands"):
        child_pugh(D(60), D(4), D(1), "none", "none", bilirubin_unit="umol/L", cholestatic=True)


def test_it_accepts_the_prolongation_of_the_prothrombin_time() -> None:
    found = child_pugh(D(1), D(4), D(5), "none", "none", inr_unit="s")
    assert found.items["inr"] == {D(2)}
    assert not found.inr_band_matters


def test_it_refuses_an_unknown_word() -> None:
    with pytest.raises(ValueError, match="is not one of"):
        child_pugh(None, None, None, "some", None)


@pytest.mark.parametrize(("total", "grade"), [(5, "A"), (6, "A"), (7, "B"), (9, "B"), (10, "C"), (15, "C")])
def test_it_names_the_class_of_a_total(total: int, grade: str) -> None:
    assert child_pugh_class(D(total)) == grade
