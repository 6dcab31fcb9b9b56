"""Chemoembolisation, metastases, remnant, Y-90, bleeding and trial populations beyond their worked examples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.clinical.scores.ablation import ablation_zone
from service.clinical.scores.bleeding import bleeding_gate
from service.clinical.scores.metastases import fong, fong_category, lesion_volume, replacement_band, tumour_burden_zone
from service.clinical.scores.performance import ecog_from_karnofsky
from service.clinical.scores.remnant import (
    body_surface,
    growth_is_favourable,
    liver_volume,
    measured_remnant,
    remnant_status,
)
from service.clinical.scores.retreatment import Reason, abcr, art, tace_refractory, tace_unsuitable
from service.clinical.scores.tace import hap, hap_group, mhap_ii, six_and_twelve, state, stratum, tumour_burden_score
from service.clinical.scores.trials import dosisphere, layered, legacy, target
from service.clinical.scores.y90 import lung_dose, lung_limits, lung_shunt, resin_activity
from service.clinical.values import Interval

D = Decimal
BOTH, YES, NO = {True, False}, {True}, {False}


def test_it_bounds_hap_while_an_input_is_missing() -> None:
    points = hap(D(20), None, D(500), D(5))
    assert (points.low, points.high) == (D(2), D(3))
    assert hap_group(points) == {"C", "D"}
    assert points.total is None


def test_it_judges_mhap_ii_in_the_unit_reported() -> None:
    assert mhap_ii(D("0.95"), D(40), D(1), D(1), D(1)).total == 1
    assert mhap_ii(D("16.2"), D(40), D(1), D(1), D(1), bilirubin_unit="umol/L").total == 0


@pytest.mark.parametrize("missing", range(4))
def test_it_computes_no_retreatment_score_while_an_input_is_missing(missing: int) -> None:
    of_abcr: list[Any] = [D(50), "B", D(0), True]
    of_art: list[Any] = [D(0), D(40), D(45), True]
    of_abcr[missing] = of_art[missing] = None
    assert abcr(*of_abcr) is None
    assert art(*of_art) is None


def test_it_computes_no_abcr_outside_the_stages_it_knows() -> None:
    assert abcr(D(50), "0", D(0), True) is None
    assert abcr(D(50), frozenset({"C", "D"}), D(0), True) is None
    any_known_stage = abcr(D(50), frozenset({"A", "B", "C"}), D(0), True)
    assert any_known_stage is not None
    assert any_known_stage.totals == {-3, -1, 0}


@pytest.mark.parametrize(
    ("before", "after", "points"),
    [
        (D(40), D(50), {0}),
        (D(40), D("50.1"), {4}),
        (D(40), Interval(low=D(45)), {0, 4}),
        (D(40), Interval(low=D(51)), {4}),
        (Interval(high=D(40)), D(51), {4}),
        (Interval(low=D(40)), D(45), {0}),
        (Interval(low=D(36)), D(46), {0, 4}),
    ],
)
def test_it_counts_a_rise_of_ast_above_a_quarter(before: Any, after: Any, points: set[int]) -> None:
    found = art(D(0), before, after, True)
    assert found is not None
    assert found.items["ast"] == points


def test_it_computes_no_state_while_an_input_is_missing() -> None:
    assert state(None, D(1), "within") is None
    assert state(D(40), None, "within") is None
    assert state(D(40), D(1), None) is None
    assert state(D(40), Interval(low=D("0.5")), "within") == Interval(D(28), D(40))


def test_it_gives_a_lower_bound_for_a_count_of_at_least() -> None:
    assert tumour_burden_score(Interval(low=D(4)), D(3)) == Interval(low=D(5))
    assert stratum("tumour_burden_score", Interval(low=D(5))) == {"medium", "high"}
    assert six_and_twelve(Interval(low=D(8)), D(5)) == Interval(low=D(13))
    assert stratum("six_and_twelve", Interval(low=D(13))) == {">12"}
    assert tumour_burden_score(None, D(3)) is None
    assert six_and_twelve(D(3), None) is None


def test_it_settles_unsuitability_as_true_but_not_as_false_without_morphology() -> None:
    assert tace_unsuitable("beyond", None, None).unsuitable == YES
    assert tace_unsuitable("within", "1", None).unsuitable == BOTH
    assert tace_unsuitable("within", "1", "simple_nodular").unsuitable == NO
    assert tace_unsuitable("beyond", "2b", None, any_grade_2=False).reasons[Reason.LIKELY_CHILD_PUGH_B] == YES
    assert tace_unsuitable("beyond", "2a", None).reasons[Reason.LIKELY_CHILD_PUGH_B] == YES
    assert tace_unsuitable("within", "2b", None).reasons[Reason.LIKELY_CHILD_PUGH_B] == NO


def test_it_needs_every_sign_to_rule_out_refractoriness() -> None:
    assert tace_refractory(D(1), D(1), False, False, False) == NO
    assert tace_refractory(D(1), D(1), True, False, False) == YES
    assert tace_refractory(D(1), D(1), False, False, True) == YES
    assert tace_refractory(None, None, True, None, None) == YES
    assert tace_refractory(D(1), D(1), False, None, False) == BOTH


def test_it_bounds_fong_when_nothing_is_known() -> None:
    points = fong(None, None, None, None, None)
    assert (points.low, points.high) == (D(0), D(5))
    assert fong_category(points) == {"low", "high"}


def test_it_names_a_zone_and_a_band_only_as_far_as_known() -> None:
    assert tumour_burden_zone(Interval(low=D(5))) == {D(2), D(3)}
    assert replacement_band(Interval(D(25), D(50))) == {"<=25", "25-50"}


def test_it_takes_a_lesion_for_an_ellipsoid() -> None:
    assert abs(lesion_volume(D(2), D(2), D(2)) - D("4.18879")) < D("0.00001")


def test_it_estimates_no_liver_volume_for_a_surface_outside_the_formula() -> None:
    for surface in ("1.19", "2.81"):
        with pytest.raises(ValueError, match=r"1\.2 to 2\.8"):
            liver_volume(D(surface))
    assert liver_volume(D("1.2")) < liver_volume(D("2.8"))
    assert body_surface(D(180), D(80)) == 2
    assert liver_volume(D(2)) == D("1740.15")


def test_it_tries_every_parenchyma_when_it_is_unknown() -> None:
    assert remnant_status(D(41), None) == {"at_or_above_minimum"}
    assert remnant_status(D(20), None) == {"below_minimum"}
    assert remnant_status(D(22), None) == {"below_minimum", "caution"}
    assert remnant_status(None, "normal") == {"below_minimum", "caution", "at_or_above_minimum"}


def test_it_leaves_tumour_out_of_the_measured_remnant() -> None:
    assert measured_remnant(D(400), D(1500), D(500)) == 40


@pytest.mark.parametrize(
    ("after", "days", "cirrhosis", "favourable"),
    [
        ("25.0", 14, False, False),
        ("25.1", 14, False, True),
        ("30.0", 14, True, False),
        ("30.1", 14, True, True),
        ("28.0", 28, False, True),
        ("27.9", 28, False, False),
    ],
)
def test_it_asks_for_degree_and_speed_of_growth(after: str, days: int, cirrhosis: bool, favourable: bool) -> None:
    assert growth_is_favourable(D(20), D(after), D(days), cirrhosis=cirrhosis) is favourable


def test_it_rounds_an_ablation_zone_upwards() -> None:
    assert ablation_zone(D("2.51"), D(5)) == D("3.6")
    assert ablation_zone(D("2.5"), D(5)) == D("3.5")


def test_it_scales_resin_activity_by_the_treated_share() -> None:
    assert resin_activity(D("1.8"), D(25), treated_share=D(50)) == D("0.925")


def test_it_assumes_the_label_constant_and_a_lung_of_one_kilogram() -> None:
    assert lung_dose(D(3), D(10)) == 15
    assert lung_shunt(D(1), D(1), D(3), D(3)) == 25


def test_it_holds_each_lung_limit_up_to_its_figure() -> None:
    at = lung_limits(D("3.05"), D(20), D(30), [D(20)])
    assert at == {"single": True, "cumulative": True, "glass_activity": True, "resin_shunt": True}
    beyond = lung_limits(D("3.06"), D("20.1"), D("30.1"), [D(20)])
    assert beyond == {"single": False, "cumulative": False, "glass_activity": False, "resin_shunt": False}


def test_it_keeps_the_bleeding_gate_open_only_as_far_as_known() -> None:
    assert bleeding_gate(None, D(210), None, high_risk=True) == {"met", "met_with_caution", "not_met"}
    assert bleeding_gate(None, D(40), None, high_risk=True) == {"not_met"}
    assert bleeding_gate(D("2.1"), D(42), None, high_risk=True, chronic_liver_disease=True) == {
        "met_with_caution",
        "not_met",
    }
    assert bleeding_gate(D("1.2"), D(60), None, high_risk=True, chronic_liver_disease=True) == {"met"}
    assert bleeding_gate(D("3.1"), D(60), None, high_risk=False, chronic_liver_disease=True) == {"not_met"}
    assert bleeding_gate(D("2.1"), D(60), D(200), high_risk=False, chronic_liver_disease=True) == {"met"}


def test_it_converts_karnofsky_and_keeps_what_is_open() -> None:
    assert ecog_from_karnofsky(Interval(D(60), D(80))) == {D(1), D(2)}
    assert ecog_from_karnofsky(D(90)) == {D(1)}
    assert ecog_from_karnofsky(D(0)) == {D(5)}


LEGACY: dict[str, Any] = {
    "lesion_count": D(1),
    "largest_lesion": D(8),
    "child_pugh": D(6),
    "ecog": D(1),
    "macrovascular_invasion": False,
    "extrahepatic": False,
}
TARGET: dict[str, Any] = {
    "nodules_per_lobe": D(9),
    "largest_lesion": D(3),
    "child_pugh": D(7),
    "bclc_stage": "A",
    "prior_intraarterial": False,
    "liver_dominant": True,
}


@pytest.mark.parametrize(
    ("trial", "inside", "outside"),
    [
        (
            legacy,
            LEGACY,
            {
                "lesion_count": D(2),
                "largest_lesion": D("8.1"),
                "child_pugh": D(7),
                "ecog": D(2),
                "macrovascular_invasion": True,
                "extrahepatic": True,
            },
        ),
        (
            target,
            TARGET,
            {
                "nodules_per_lobe": D(10),
                "largest_lesion": D("2.9"),
                "child_pugh": D(8),
                "bclc_stage": "D",
                "prior_intraarterial": True,
                "liver_dominant": False,
            },
        ),
    ],
)
def test_it_leaves_a_population_by_any_one_criterion(
    trial: Any, inside: dict[str, Any], outside: dict[str, Any]
) -> None:
    assert trial(**inside) == YES
    for name, value in outside.items():
        assert trial(**{**inside, name: value}) == NO
        assert trial(**{**inside, name: None}) == BOTH


def test_it_asks_for_more_than_7_cm_and_more_than_30_per_cent() -> None:
    assert dosisphere(D(7), D(40)) == NO
    assert dosisphere(D("7.1"), D(30)) == NO
    assert dosisphere(D("7.1"), D("30.1")) == YES
    assert dosisphere(D(7), None) == NO


def test_it_asks_the_layered_technique_of_hcc_and_metastases_differently() -> None:
    assert layered("hcc", None, D(7), True) == BOTH
    assert layered("hcc", "B", D(7), False) == NO
    assert layered("liver_metastases", None, D(7), True) == NO
    assert layered("liver_metastases", None, None, False) == BOTH


def above(limit: str) -> Interval:
    return Interval(low=D(limit), low_included=False)


def test_it_tries_both_sides_of_a_limit_that_an_open_comparator_spans() -> None:
    assert legacy(**{**LEGACY, "largest_lesion": above("7.5")}) == BOTH
    assert legacy(**{**LEGACY, "ecog": above("0")}) == BOTH
    assert dosisphere(above("6.5"), D(40)) == BOTH
    assert dosisphere(D(8), above("29.5")) == BOTH
    assert tace_refractory(above("0"), D(0), False, False, False) == BOTH
