"""Liver function: what the missing or blurred inputs turn out to give was among the results said to be possible."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.clinical.scores.albi import albi, albi_bounds, albi_grade, malbi_grade
from service.clinical.scores.bleeding import bleeding_gate
from service.clinical.scores.child_pugh import child_pugh
from service.clinical.scores.kidney import egfr_bounds, egfr_ckd_epi
from service.clinical.scores.liver_function import liver_function
from service.clinical.scores.meld import meld, meld_3_0, meld_na
from service.clinical.scores.meld_bounds import meld_3_0_bounds, meld_bounds, meld_na_bounds
from service.clinical.values import Interval
from tests.clinical.scores.blurred import (
    ALBUMIN,
    ASCITES,
    BILIRUBIN,
    CREATININE,
    ENCEPHALOPATHY,
    INR,
    SODIUM,
    TOTAL,
    Pair,
    blurred_answer,
    blurred_choice,
    blurred_number,
    numbers,
    split,
    within,
)


@given(
    st.tuples(
        blurred_number(BILIRUBIN),
        blurred_number(ALBUMIN),
        blurred_number(INR),
        blurred_choice(tuple(word for word in ASCITES if word != "trace")),
        blurred_choice(ENCEPHALOPATHY),
    )
)
def test_it_bounds_child_pugh(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    settled, possible = child_pugh(*exact), child_pugh(*blurred)
    assert settled.total in possible.totals
    assert possible.low <= settled.low <= possible.high
    assert settled.classes <= possible.classes
    assert all(settled.items[item] <= possible.items[item] for item in settled.items)


@given(blurred_number(BILIRUBIN, missing=False), blurred_number(ALBUMIN, missing=False))
def test_it_bounds_albi(bilirubin: Pair, albumin: Pair) -> None:
    exact, blurred = split(bilirubin, albumin)
    score, bounds = albi(exact[0] * 10, exact[1] * 10), albi_bounds(*(_tenfold(value) for value in blurred))
    assert within(bounds, score)
    assert albi_grade(score) <= albi_grade(bounds)
    assert malbi_grade(score) <= malbi_grade(bounds)


def _tenfold(number: Any) -> Any:
    if isinstance(number, Interval):
        low, high = number.low, number.high
        return Interval(None if low is None else low * 10, None if high is None else high * 10)
    return frozenset(value * 10 for value in number) if isinstance(number, frozenset) else number * 10


MELD_LABS = (
    blurred_number(CREATININE, missing=False),
    blurred_number(BILIRUBIN, missing=False),
    blurred_number(INR, missing=False),
)


@given(*MELD_LABS, blurred_number(SODIUM, missing=False), blurred_answer())
def test_it_bounds_meld_and_meld_na(creatinine: Pair, bilirubin: Pair, inr: Pair, sodium: Pair, dialysis: Pair) -> None:
    exact, blurred = split(creatinine, bilirubin, inr)
    score = meld(*exact, dialysis=dialysis[0])
    assert within(meld_bounds(*blurred, dialysis=dialysis[1]), score)
    exact, blurred = split(creatinine, bilirubin, inr, sodium)
    with_sodium = meld_na(*exact, dialysis=dialysis[0])
    assert within(meld_na_bounds(*blurred, dialysis=dialysis[1]), with_sodium)


@given(
    st.tuples(
        *MELD_LABS,
        blurred_number(SODIUM, missing=False),
        blurred_number(ALBUMIN, missing=False),
        st.sampled_from([("female", "female"), ("male", "male"), ("male", frozenset({"male", "female"}))]),
        numbers("12", "90", places=0),
        blurred_answer(),
    )
)
def test_it_bounds_meld_3_0(given_pairs: Any) -> None:
    *labs, sex, age, dialysis = given_pairs
    exact, blurred = split(*labs)
    score = meld_3_0(*exact, sex=sex[0], age=age, dialysis=dialysis[0])
    assert within(meld_3_0_bounds(*blurred, sex=sex[1], age=age, dialysis=dialysis[1]), score)


@given(
    blurred_number(CREATININE, missing=False),
    numbers("18", "95", places=0),
    st.sampled_from([("female", "female"), ("female", frozenset({"male", "female"}))]),
)
def test_it_bounds_the_filtration_rate(creatinine: Pair, age: Decimal, sex: Pair) -> None:
    rate = egfr_ckd_epi(creatinine[0], age, sex=sex[0])
    assert within(egfr_bounds(creatinine[1], age, sex=sex[1]), rate)


@given(
    st.tuples(
        blurred_number(TOTAL),
        blurred_number(BILIRUBIN),
        blurred_choice(ASCITES),
        blurred_choice(ENCEPHALOPATHY),
        blurred_answer(),
    )
)
def test_it_bounds_liver_function(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    assert liver_function(*exact) <= liver_function(*blurred)


@given(st.tuples(blurred_number(INR), *(blurred_number(numbers("5", "200", places=0)) for _ in range(2))))
def test_it_bounds_the_bleeding_gate(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    for high_risk, chronic in ((True, False), (False, False), (True, True)):
        settled = bleeding_gate(*exact, high_risk=high_risk, chronic_liver_disease=chronic)
        assert settled <= bleeding_gate(*blurred, high_risk=high_risk, chronic_liver_disease=chronic)
