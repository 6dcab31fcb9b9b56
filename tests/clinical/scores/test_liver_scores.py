"""ALBI, MELD and eGFR: clamps, missing inputs, comparators, limits of validity."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.clinical.scores.albi import albi, albi_borderline, albi_bounds, albi_grade
from service.clinical.scores.kidney import egfr_bounds, egfr_ckd_epi
from service.clinical.scores.logarithm import clamp, half_up, ln, log10, power, root
from service.clinical.scores.meld import meld, meld_3_0, meld_3_0_raw, meld_na, meld_na_raw, meld_raw, whole_score
from service.clinical.scores.meld_bounds import meld_3_0_bounds, meld_bounds, meld_na_bounds
from service.clinical.scores.possible import exact
from service.clinical.values import Interval

D = Decimal
ONE = D(1)


@pytest.mark.parametrize(
    ("raw", "score"), [("17.49", 17), ("17.5", 18), ("18.5", 19), ("5.9", 6), ("3", 6), ("40.6", 40)]
)
def test_it_rounds_a_half_upwards_and_stays_between_6_and_40(raw: str, score: int) -> None:
    assert whole_score(D(raw)) == score


def test_it_clamps_the_inputs_of_meld() -> None:
    at_limit = meld_raw(D(4), ONE, ONE, dialysis=False)
    assert meld_raw(D("4.1"), D("0.2"), D("0.7"), dialysis=False) == at_limit
    assert meld_raw(D("0.5"), ONE, ONE, dialysis=True) == at_limit
    assert meld_raw(D("3.9"), ONE, ONE, dialysis=False) < at_limit
    assert meld_raw(ONE, D("1.1"), ONE, dialysis=False) > meld_raw(ONE, ONE, ONE, dialysis=False)
    assert meld_raw(ONE, ONE, D("1.1"), dialysis=False) > meld_raw(ONE, ONE, ONE, dialysis=False)


def test_it_clamps_sodium() -> None:
    def score(sodium: str) -> Decimal:
        return meld_na_raw(D(2), D(2), D("1.8"), D(sodium), dialysis=False)

    assert score("120") == score("125") > score("126")
    assert score("145") == score("137") < score("136")


@pytest.mark.parametrize(("bilirubin", "initial", "with_sodium"), [("3.3", 11, 11), ("3.8", 11, 11), ("3.9", 12, 23)])
def test_it_leaves_sodium_out_up_to_a_meld_of_11(bilirubin: str, initial: int, with_sodium: int) -> None:
    assert meld(ONE, D(bilirubin), ONE, dialysis=False) == initial
    assert meld_na(ONE, D(bilirubin), ONE, D(125), dialysis=False) == with_sodium


def raw_3(
    *, creatinine: str = "1", sodium: str = "137", albumin: str = "3.5", age: int = 60, sex: str = "male"
) -> Decimal:
    return meld_3_0_raw(D(creatinine), ONE, ONE, D(sodium), D(albumin), sex=sex, age=D(age), dialysis=False)


def test_it_clamps_the_inputs_of_meld_3_0() -> None:
    assert raw_3(creatinine="3.1") == raw_3(creatinine="3.0") > raw_3(creatinine="2.9")
    assert raw_3(creatinine="0.9") == raw_3()
    assert raw_3(sodium="124") == raw_3(sodium="125") > raw_3(sodium="126")
    assert raw_3(sodium="138") == raw_3() < raw_3(sodium="136")
    assert raw_3(albumin="1.4") == raw_3(albumin="1.5") > raw_3(albumin="1.6")
    assert raw_3(albumin="3.6") == raw_3() < raw_3(albumin="3.4")
    on_dialysis = meld_3_0_raw(ONE, ONE, ONE, D(137), D("3.5"), sex="male", age=D(60), dialysis=True)
    assert on_dialysis == raw_3(creatinine="3")


@pytest.mark.parametrize(
    ("age", "sex", "constant"),
    [(12, "male", "7.33"), (17, "male", "7.33"), (17, "female", "7.33"), (18, "male", "6"), (18, "female", "7.33")],
)
def test_it_has_its_own_constant_for_adolescents(age: int, sex: str, constant: str) -> None:
    assert raw_3(age=age, sex=sex) == D(constant)


def test_it_is_not_defined_for_children_or_another_sex() -> None:
    with pytest.raises(ValueError, match="below 12"):
        raw_3(age=11)
    with pytest.raises(ValueError, match="no term for sex 'other'"):
        raw_3(sex="other")


LABS_3 = (D("1.2"), D("2.5"), D("1.5"), D(135), D("3.0"))


def test_it_shows_both_results_for_another_sex() -> None:
    both = frozenset({"female", "male"})
    assert meld_3_0_bounds(*LABS_3, sex=both, age=D(60), dialysis=False) == Interval(D(18), D(19))
    assert exact(meld_3_0_bounds(*LABS_3, sex="male", age=D(60), dialysis=False)) == meld_3_0(
        *LABS_3, sex="male", age=D(60), dialysis=False
    )


@pytest.mark.parametrize("missing", range(5))
def test_it_computes_no_meld_without_a_laboratory_value(missing: int) -> None:
    labs = [None if at == missing else value for at, value in enumerate(LABS_3)]
    assert meld_3_0_bounds(*labs, sex="male", age=D(60), dialysis=False) is None
    if missing < 3:
        assert meld_bounds(*labs[:3], dialysis=False) is None
        assert meld_na_bounds(*labs[:4], dialysis=False) is None


def test_it_computes_no_meld_3_0_without_sex_or_age() -> None:
    assert meld_3_0_bounds(*LABS_3, sex=None, age=D(60), dialysis=False) is None
    assert meld_3_0_bounds(*LABS_3, sex="male", age=None, dialysis=False) is None


def test_it_needs_no_sodium_where_it_has_no_term() -> None:
    assert meld_na_bounds(ONE, ONE, ONE, None, dialysis=False) == Interval(D(6), D(6))
    assert meld_na_bounds(ONE, D(9), ONE, None, dialysis=False) is None


def test_it_tries_with_and_without_dialysis_when_that_is_unknown() -> None:
    assert meld_bounds(ONE, ONE, ONE, dialysis=None) == Interval(D(6), D(20))


def test_it_closes_an_open_interval_at_what_is_plausible() -> None:
    assert meld_bounds(ONE, Interval(low=D(30)), ONE, dialysis=False) == Interval(
        meld(ONE, D(30), ONE, dialysis=False), meld(ONE, D(60), ONE, dialysis=False)
    )
    assert albi_bounds(Interval(high=D(3)), D(40)) == Interval(albi(D("0.855"), D(40)), albi(D(3), D(40)))
    assert albi_bounds(D(10), Interval(low=D(60))) == Interval(albi(D(10), D(65)), albi(D(10), D(60)))


def test_it_computes_no_albi_without_both_values() -> None:
    assert albi_bounds(None, D(40)) is None
    assert albi_bounds(D(10), None) is None


def test_it_grades_the_unrounded_albi() -> None:
    assert albi_grade(albi(D(10), D("38.35"))) == {D(2)}
    assert albi_grade(Interval(D("-2.61"), D("-2.59"))) == {D(1), D(2)}


@pytest.mark.parametrize(
    ("score", "borderline"),
    [
        ("-2.62", True),
        ("-2.621", False),
        ("-2.58", True),
        ("-2.579", False),
        ("-2.29", True),
        ("-1.37", True),
        ("-1.369", False),
    ],
)
def test_it_marks_a_score_near_a_cut_off(score: str, borderline: bool) -> None:
    assert albi_borderline(D(score)) is borderline


def test_it_refuses_a_bilirubin_of_nothing() -> None:
    with pytest.raises(ValueError, match="above 0"):
        albi(D(0), D(40))


def test_it_estimates_filtration_on_both_sides_of_the_pivot() -> None:
    assert abs(egfr_ckd_epi(D("0.9"), D(60), sex="male") - 142 * power(D("0.9938"), D(60))) < D("1e-20")
    assert egfr_ckd_epi(D("0.8"), D(60), sex="male") > egfr_ckd_epi(D("0.9"), D(60), sex="male")
    assert abs(egfr_ckd_epi(D("0.5"), D(30), sex="female") - D("129.32")) < D("0.01")


@pytest.mark.parametrize(
    ("sex", "creatinine", "expected"),
    [
        ("male", 0.4, 142 * (0.4 / 0.9) ** -0.302 * 0.9938**50),
        ("male", 9.0, 142 * (9.0 / 0.9) ** -1.2 * 0.9938**50),
        ("female", 0.3, 142 * (0.3 / 0.7) ** -0.241 * 0.9938**50 * 1.012),
        ("female", 7.0, 142 * (7.0 / 0.7) ** -1.2 * 0.9938**50 * 1.012),
    ],
)
def test_it_agrees_with_the_printed_formula(sex: str, creatinine: float, expected: float) -> None:
    assert float(egfr_ckd_epi(D(str(creatinine)), D(50), sex=sex)) == pytest.approx(expected, rel=1e-9)


def test_it_closes_a_creatinine_and_an_age_at_what_is_plausible() -> None:
    assert egfr_bounds(Interval(low=D(5)), D(60), sex="male") == Interval(
        egfr_ckd_epi(D(20), D(60), sex="male"), egfr_ckd_epi(D(5), D(60), sex="male")
    )
    assert egfr_bounds(ONE, Interval(high=D(40)), sex="male") == Interval(
        egfr_ckd_epi(ONE, D(40), sex="male"), egfr_ckd_epi(ONE, D(18), sex="male")
    )


def test_it_estimates_no_filtration_without_its_inputs() -> None:
    assert egfr_bounds(None, D(60), sex="male") is None
    assert egfr_bounds(ONE, None, sex="male") is None
    assert egfr_bounds(ONE, D(60), sex=None) is None
    assert exact(egfr_bounds(ONE, D(60), sex="male")) == egfr_ckd_epi(ONE, D(60), sex="male")


def test_it_computes_logarithms_powers_and_roots() -> None:
    assert log10(D(1000)) == 3
    assert abs(ln(D("2.718281828459045235360287471")) - 1) < D("1e-26")
    assert power(D(4), D("0.5")) == 2
    assert root(D(9)) == 3
    assert root(D(0)) == 0
    for formula in (ln, log10, root):
        with pytest.raises(ValueError, match="above 0"):
            formula(D(-1))


def test_it_clamps_and_rounds() -> None:
    assert [clamp(D(value), D(1), D(3)) for value in (0, 1, 2, 3, 4)] == [1, 1, 2, 3, 3]
    assert [half_up(D(value)) for value in ("0.5", "1.5", "2.5", "2.4")] == [1, 2, 3, 2]
