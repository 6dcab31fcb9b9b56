"""BCLC, transplant criteria and sub-stages with missing inputs: exactly what is still possible, no more and no less."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from service.clinical.scores.bclc import Bclc, bclc
from service.clinical.scores.downstaging import downstaging_failed, downstaging_succeeded
from service.clinical.scores.liver_function import liver_function
from service.clinical.scores.portal_vein import cheng_type, vp_class
from service.clinical.scores.substage import NOT_CLASSIFIED, bolondi, kinki
from service.clinical.scores.transplant import milan, ucsf, unos_downstaging, up_to_seven
from service.clinical.values import Interval

D = Decimal
EARLY: dict[str, Any] = {
    "lesion_count": D(1),
    "largest_lesion": D("2.0"),
    "macrovascular_invasion": False,
    "extrahepatic": False,
    "ecog": D(0),
    "liver_function": "preserved",
    "transplant_candidate": False,
}


def stages(**other: Any) -> str:
    return "".join(bclc(**{**EARLY, **other}).stages)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, "0"),
        ({"largest_lesion": D("2.01")}, "A"),
        ({"lesion_count": D(2)}, "A"),
        ({"lesion_count": D(3), "largest_lesion": D("3.0")}, "A"),
        ({"lesion_count": D(3), "largest_lesion": D("3.01")}, "B"),
        ({"lesion_count": D(4)}, "B"),
        ({"ecog": D(1)}, "C"),
        ({"ecog": D(2)}, "C"),
        ({"ecog": D(3)}, "D"),
        ({"liver_function": "impaired"}, "0"),
        ({"liver_function": "end_stage"}, "D"),
        ({"liver_function": "end_stage", "macrovascular_invasion": True, "transplant_candidate": True}, "C"),
        ({"ecog": D(3), "transplant_candidate": True}, "D"),
        ({"largest_lesion": None}, "0A"),
        ({"lesion_count": None}, "0AB"),
        ({"lesion_count": Interval(low=D(2))}, "AB"),
        ({"lesion_count": Interval(low=D(4))}, "B"),
        ({"lesion_count": frozenset({D(2), D(3)})}, "A"),
        ({"largest_lesion": Interval(low=D(2), low_included=False)}, "A"),
        ({"largest_lesion": Interval(D("1.5"), D("2.5"))}, "0A"),
        ({"macrovascular_invasion": None}, "0C"),
        ({"ecog": None}, "0CD"),
        ({"ecog": Interval(high=D(1))}, "0C"),
        ({"ecog": frozenset({D(1), D(2)})}, "C"),
        ({"liver_function": None}, "0D"),
        ({"liver_function": None, "transplant_candidate": True}, "0"),
        ({"liver_function": "end_stage", "transplant_candidate": None}, "0D"),
        ({"extrahepatic": True, "lesion_count": None, "largest_lesion": None}, "C"),
        ({"extrahepatic": True, "liver_function": frozenset({"impaired", "end_stage"})}, "CD"),
        ({"ecog": D(4), "lesion_count": None, "liver_function": None, "extrahepatic": None}, "D"),
        (dict.fromkeys(EARLY), "0ABCD"),
    ],
)
def test_it_names_exactly_the_stages_that_are_possible(other: dict[str, Any], expected: str) -> None:
    assert stages(**other) == expected


def staged(**other: Any) -> Bclc:
    return bclc(**{**EARLY, **other})


def test_it_says_that_only_ecog_makes_it_advanced() -> None:
    assert staged(ecog=D(1)).c_by_ecog_only
    assert not staged(ecog=D(1), extrahepatic=None).c_by_ecog_only
    assert not staged(ecog=None).c_by_ecog_only
    assert staged(ecog=D(1), extrahepatic=None).stage == "C"


def test_it_says_that_transplantation_rescues_the_stage() -> None:
    assert staged(liver_function="end_stage", transplant_candidate=True).via_transplant
    assert not staged(liver_function=None, transplant_candidate=True).via_transplant
    assert not staged(liver_function="end_stage").via_transplant
    assert staged(liver_function="end_stage", transplant_candidate=True, extrahepatic=True).via_transplant
    assert not staged(liver_function="preserved", transplant_candidate=True, extrahepatic=True).via_transplant


def test_it_has_no_single_stage_while_two_are_possible() -> None:
    assert staged(ecog=None).stage is None


def above(limit: str) -> Interval:
    return Interval(low=D(limit), low_included=False)


UNKNOWN = {"within", "beyond"}
D3, D5 = D(3), D(5)


@pytest.mark.parametrize(
    ("criterion", "count", "largest", "expected"),
    [
        (milan, D(1), D(5), {"within"}),
        (milan, D(1), D("5.01"), {"beyond"}),
        (milan, D(3), D(3), {"within"}),
        (milan, D(2), D("3.01"), {"beyond"}),
        (milan, D(4), D(1), {"beyond"}),
        (milan, None, D("5.01"), {"beyond"}),
        (milan, None, D(1), UNKNOWN),
        (milan, D(4), None, {"beyond"}),
        (milan, D(3), None, UNKNOWN),
        (milan, Interval(low=D(2)), D("3.5"), {"beyond"}),
        (milan, Interval(high=D(3)), Interval(high=D(3)), {"within"}),
        (milan, D(1), above("4.5"), UNKNOWN),
        (milan, D(2), above("2.8"), UNKNOWN),
        (milan, above("3.5"), D(2), {"beyond"}),
        (up_to_seven, D(1), above("5.5"), UNKNOWN),
        (up_to_seven, D(6), above("0.5"), UNKNOWN),
        (ucsf, D(1), above("6.2"), UNKNOWN),
        (ucsf, D(2), above("3.9"), UNKNOWN),
        (up_to_seven, D(7), None, {"beyond"}),
        (up_to_seven, D(7), Interval(high=D("0.9"), high_included=False), {"beyond"}),
        (up_to_seven, D(6), None, UNKNOWN),
        (up_to_seven, D(6), D(1), {"within"}),
        (up_to_seven, D(6), D("1.01"), {"beyond"}),
        (up_to_seven, None, D("6.01"), {"beyond"}),
        (up_to_seven, None, D(6), UNKNOWN),
        (up_to_seven, Interval(D(2), D(3)), Interval(high=D(4)), {"within"}),
        (ucsf, D(1), D("6.5"), {"within"}),
        (ucsf, D(1), D("6.51"), {"beyond"}),
        (ucsf, D(2), D("4.0"), {"within"}),
        (ucsf, D(2), D("4.5"), UNKNOWN),
        (ucsf, D(2), D("4.51"), {"beyond"}),
        (ucsf, D(3), D("2.6"), {"within"}),
        (ucsf, D(4), D(1), {"beyond"}),
    ],
)
def test_it_decides_by_number_and_size(criterion: Any, count: Any, largest: Any, expected: set[str]) -> None:
    assert criterion(count, largest, False, False) == expected


@pytest.mark.parametrize("criterion", [milan, up_to_seven, ucsf])
def test_it_never_decides_within_while_invasion_or_spread_is_unknown(criterion: Any) -> None:
    for invasion, spread in product((True, False, None), repeat=2):
        expected = {"beyond"} if invasion or spread else UNKNOWN if None in (invasion, spread) else {"within"}
        assert criterion(D(1), D(2), invasion, spread) == expected
        assert criterion(D(4), D(6), invasion, spread) == {"beyond"}


@pytest.mark.parametrize(
    ("count", "largest", "total", "expected"),
    [
        (D(1), above("4.5"), None, {"within_milan", "eligible", "not_eligible"}),
        (D(2), above("2.8"), D(7), {"within_milan", "eligible", "not_eligible"}),
        (D(5), above("2.8"), D(7), {"eligible", "not_eligible"}),
        (D(1), D(5), None, {"within_milan"}),
        (D(1), D("5.01"), None, {"eligible"}),
        (D(1), D(8), None, {"eligible"}),
        (D(1), D("8.01"), None, {"not_eligible"}),
        (D(2), D(5), D(8), {"eligible"}),
        (D(2), D(5), D("8.01"), {"not_eligible"}),
        (D(2), D("5.01"), D(7), {"not_eligible"}),
        (D(2), D(4), None, {"eligible"}),
        (D(3), D(4), None, {"eligible", "not_eligible"}),
        (D(4), D("2.99"), D(8), {"eligible"}),
        (D(4), D(3), D(7), {"not_eligible"}),
        (D(5), D("1.6"), None, {"eligible"}),
        (D(5), D(2), None, {"eligible", "not_eligible"}),
        (D(6), D(1), None, {"not_eligible"}),
        (None, D("8.01"), None, {"not_eligible"}),
        (None, None, None, {"within_milan", "eligible", "not_eligible"}),
    ],
)
def test_it_decides_entry_to_downstaging(count: Any, largest: Any, total: Any, expected: set[str]) -> None:
    assert unos_downstaging(count, largest, False, False, total_diameter=total) == expected


def test_it_refuses_downstaging_for_invasion_even_within_milan() -> None:
    assert unos_downstaging(D(1), D(2), True, False) == {"not_eligible"}
    assert unos_downstaging(D(1), D(2), None, False) == {"within_milan", "not_eligible"}


def test_it_judges_what_came_of_downstaging() -> None:
    assert downstaging_succeeded("within", D(3)) == {True}
    assert downstaging_succeeded("within", D("2.9")) == {False}
    assert downstaging_succeeded("beyond", None) == {False}
    assert downstaging_failed("eligible", False, False, D(1000), D(501)) == {True}
    assert downstaging_failed("eligible", False, False, D(1000), D(500)) == {False}
    assert downstaging_failed("eligible", False, False, D(999), None) == {False}
    assert downstaging_failed("not_eligible", None, None, None, None) == {True}
    assert downstaging_failed("eligible", False, None, D(1), D(1)) == {True, False}
    assert downstaging_failed("eligible", True, False, D(1), D(1)) == {True}


@pytest.mark.parametrize(
    ("total", "burden", "ecog", "expected"),
    [
        (D(6), "beyond", None, {"B2", NOT_CLASSIFIED}),
        (Interval(D(5), D(7)), "beyond", D(0), {"B2", "B3"}),
        (Interval(low=D(8)), "beyond", D(0), {"B4", NOT_CLASSIFIED}),
        (D(9), frozenset({"within", "beyond"}), D(1), {"B4"}),
        (D(10), "within", D(0), {NOT_CLASSIFIED}),
        (None, "within", D(0), None),
        (D(6), None, D(0), None),
    ],
)
def test_it_gives_the_substages_of_bolondi(total: Any, burden: Any, ecog: Any, expected: set[str] | None) -> None:
    assert set(bolondi(total, burden, ecog, False) or ()) == set(expected or ())


@pytest.mark.parametrize(
    ("total", "burden", "ecog", "expected"),
    [
        (D(10), "within", D(0), {NOT_CLASSIFIED}),
        (D(7), "within", D(2), {NOT_CLASSIFIED}),
        (D(7), frozenset({"within", "beyond"}), D(1), {"B1", "B2"}),
        (None, "within", D(0), None),
    ],
)
def test_it_gives_the_substages_of_kinki(total: Any, burden: Any, ecog: Any, expected: set[str] | None) -> None:
    assert set(kinki(total, burden, ecog) or ()) == set(expected or ())


def test_it_names_the_possible_portal_vein_classes() -> None:
    assert vp_class(frozenset({"main_trunk", "first_order"})) == {"Vp3", "Vp4"}
    assert cheng_type("none") == {""}
    assert vp_class(None) == {"Vp0", "Vp1", "Vp2", "Vp3", "Vp4"}


@pytest.mark.parametrize(
    ("total", "bilirubin", "ascites", "encephalopathy", "hepatorenal", "expected"),
    [
        (D(7), D(3), "mild", "none", False, {"preserved"}),
        (D(8), D(1), "none", "none", False, {"impaired"}),
        (D(7), D("3.01"), "none", "none", False, {"impaired"}),
        (D(7), D(1), "moderate_severe", "none", False, {"impaired"}),
        (D(6), D(1), "none", "grade_1_2", False, {"impaired"}),
        (D(7), D(1), "refractory", "none", False, {"end_stage"}),
        (D(7), D(1), "none", "grade_1_2", False, {"end_stage"}),
        (D(7), D(1), "none", "none", True, {"end_stage"}),
        (D(10), D(1), "none", "none", False, {"end_stage"}),
        (None, D(1), "none", "none", False, {"preserved", "impaired", "end_stage"}),
        (D(5), D(1), None, "none", False, {"preserved", "impaired"}),
        (D(11), None, None, None, None, {"end_stage"}),
    ],
)
def test_it_grades_liver_function(
    total: Any, bilirubin: Any, ascites: Any, encephalopathy: Any, hepatorenal: Any, expected: set[str]
) -> None:
    assert liver_function(total, bilirubin, ascites, encephalopathy, hepatorenal) == expected


def test_it_takes_a_stricter_limit_of_preserved_function() -> None:
    assert liver_function(D(6), D(1), "none", "none", False, preserved_up_to=D(5)) == {"impaired"}
