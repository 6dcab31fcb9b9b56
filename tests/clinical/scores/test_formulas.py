"""Edges of the formulas that no worked example of the documents reaches."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from service.clinical.scores.bleeding import Gate, bleeding_gate
from service.clinical.scores.logarithm import ln, log10, power, root
from service.clinical.scores.meld import meld, meld_3_0, meld_3_0_raw, meld_na, meld_na_kim_raw, meld_na_raw
from service.clinical.scores.meld_bounds import meld_na_bounds
from service.clinical.scores.metastases import tumour_volume
from service.clinical.scores.remnant import liver_volume
from service.clinical.scores.tace import hap, mhap_ii, state
from service.clinical.scores.trials import target
from service.clinical.scores.y90 import perfused_dose
from service.clinical.values import Interval

D = Decimal
ONE = D(1)


def test_it_keeps_the_points_of_hap_by_item() -> None:
    one_each = hap(D(18), D(35), D(401), D("7.1"))
    assert one_each.items == {item: {ONE} for item in ("albumin", "bilirubin", "afp", "largest_lesion")}
    with_nodules = mhap_ii(D("1.0"), D(35), D(401), D("7.1"), D(2))
    assert with_nodules.items == {**one_each.items, "lesion_count": {ONE}}


def test_it_takes_both_sides_of_the_crp_limit_for_a_crp_that_may_lie_on_either() -> None:
    assert state(D(30), Interval(D("0.5"), D(2)), "within") == Interval(D(18), D(30))
    assert state(D(30), Interval(D("0.5"), ONE, high_included=False), "within") == Interval(D(30), D(30))


def test_it_gives_no_state_score_without_crp_or_up_to_seven() -> None:
    assert state(D(30), None, "within") is None
    assert state(D(30), ONE, None) is None


def test_it_takes_dialysis_for_the_highest_creatinine_in_every_form_of_meld() -> None:
    labs = (D("1.0"), D("2.0"), D("1.5"))
    on_dialysis, four, three = ((creatinine, *labs[1:]) for creatinine in (D("1.0"), D(4), D(3)))

    assert meld(*on_dialysis, dialysis=True) == meld(*four, dialysis=False)
    assert meld_na_raw(*on_dialysis, D(130), dialysis=True) == meld_na_raw(*four, D(130), dialysis=False)
    assert meld_na(*on_dialysis, D(130), dialysis=True) == meld_na(*four, D(130), dialysis=False)
    assert meld_na_kim_raw(*on_dialysis, D(130), dialysis=True) == meld_na_kim_raw(*four, D(130), dialysis=False)
    for score in (meld_3_0_raw, meld_3_0):
        treated = score(*on_dialysis, D(130), D(3), sex="male", age=D(60), dialysis=True)
        assert treated == score(*three, D(130), D(3), sex="male", age=D(60), dialysis=False)


@pytest.mark.parametrize(("sodium", "held"), [("110", "125"), ("125", "125"), ("140", "140"), ("155", "140")])
def test_it_holds_the_sodium_of_kim_2008_between_125_and_140(sodium: str, held: str) -> None:
    unrounded = D("22.266712")  # meld-na-06
    expected = unrounded - D(held) - D("0.025") * unrounded * (140 - D(held)) + 140
    found = meld_na_kim_raw(D("2.0"), D("2.0"), D("1.8"), D(sodium), dialysis=False)
    assert found.quantize(D("0.0001")) == expected.quantize(D("0.0001"))


def test_it_refuses_meld_3_0_below_twelve_years_in_words() -> None:
    with pytest.raises(ValueError, match=r"^MELD 3.0 is not defined below 12 years$"):
        meld_3_0(ONE, ONE, ONE, D(137), D("3.5"), sex="male", age=D(11), dialysis=False)


@pytest.mark.parametrize(("inr", "expected"), [("1.5", "11"), ("1.7", None)])
def test_it_needs_no_sodium_up_to_a_meld_of_eleven(inr: str, expected: str | None) -> None:
    """11.2 ln 1.5 + 6.43 = 10.97, so 11; 11.2 ln 1.7 + 6.43 = 12.37."""
    bounds = meld_na_bounds(ONE, ONE, D(inr), None, dialysis=False)
    assert bounds == (None if expected is None else Interval(D(expected), D(expected)))


@pytest.mark.parametrize("dialysis", [True, False])
def test_it_looks_only_at_the_dialysis_that_is_recorded(dialysis: bool) -> None:
    only = meld_na(D("2.0"), D("2.0"), D("1.8"), D(131), dialysis=dialysis)
    assert meld_na_bounds(D("2.0"), D("2.0"), D("1.8"), D(131), dialysis=dialysis) == Interval(only, only)


def test_its_logarithms_do_not_depend_on_the_precision_of_who_asks() -> None:
    expected = (ln(D(2)), log10(D(2)), power(D(2), D("0.3")), root(D(2)))
    with localcontext() as context:
        context.prec = 4
        assert (ln(D(2)), log10(D(2)), power(D(2), D("0.3")), root(D(2))) == expected
    assert all(len(number.as_tuple().digits) >= 27 for number in expected)


def test_it_divides_the_dose_by_the_perfused_mass() -> None:
    """50 Gy kg/GBq x 2 GBq x 0.9 / 1.5 kg."""
    assert perfused_dose(D(2), D(10), D("1.5"), constant=D(50)) == 60


def test_it_gives_no_volume_to_no_lesion() -> None:
    assert tumour_volume([]) == 0
    assert isinstance(tumour_volume([]), Decimal)


def test_it_refuses_a_body_surface_outside_the_formula_in_words() -> None:
    with pytest.raises(ValueError, match=r"^the liver volume formula holds for a body surface of 1.2 to 2.8 m2$"):
        liver_volume(D("1.19"))


@pytest.mark.parametrize(("stage", "holds"), [("0", False), ("A", True), ("B", True), ("C", True), ("D", False)])
def test_it_takes_bclc_a_to_c_for_the_target_population(stage: str, holds: bool) -> None:
    found = target(
        nodules_per_lobe=D(2), largest_lesion=D(4), child_pugh=D(6), bclc_stage=stage, prior_intraarterial=False,
        liver_dominant=True,
    )  # fmt: skip
    assert found == {holds}


@pytest.mark.parametrize(
    ("inr", "platelets", "fibrinogen", "gate"),
    [
        ("2.4", "40", "101", Gate.CAUTION),
        ("2.5", "40", "101", Gate.NOT_MET),
        ("2.4", "30", "101", Gate.NOT_MET),
        ("2.4", "40", "100", Gate.NOT_MET),
    ],
)
def test_it_needs_all_three_of_the_chronic_liver_disease_column(
    inr: str, platelets: str, fibrinogen: str, gate: Gate
) -> None:
    found = bleeding_gate(D(inr), D(platelets), D(fibrinogen), high_risk=True, chronic_liver_disease=True)
    assert found == {gate}
