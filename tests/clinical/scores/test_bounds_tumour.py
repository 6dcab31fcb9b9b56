"""Tumour and treatment: what the missing inputs turn out to give was among the results said to be possible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.clinical.scores.bclc import bclc
from service.clinical.scores.metastases import fong
from service.clinical.scores.retreatment import abcr, art, tace_refractory, tace_unsuitable
from service.clinical.scores.substage import bolondi
from service.clinical.scores.tace import hap, mhap_ii, state, tumour_burden_score
from service.clinical.scores.transplant import milan, ucsf, unos_downstaging, up_to_seven
from service.clinical.scores.trials import legacy
from service.clinical.values import Interval
from tests.clinical.scores.blurred import (
    COUNT,
    ECOG,
    LIVER,
    SIZE,
    TOTAL,
    Pair,
    blurred_answer,
    blurred_choice,
    blurred_number,
    numbers,
    split,
    within,
)

TUMOURS = (blurred_number(COUNT), blurred_number(SIZE), blurred_answer(), blurred_answer())


@given(st.tuples(*TUMOURS, blurred_number(ECOG), blurred_choice(LIVER), blurred_answer()))
def test_it_bounds_the_bclc_stage(pairs: tuple[Pair, ...]) -> None:
    names = (
        "lesion_count",
        "largest_lesion",
        "macrovascular_invasion",
        "extrahepatic",
        "ecog",
        "liver_function",
        "transplant_candidate",
    )
    exact, blurred = split(*pairs)
    settled, possible = bclc(**dict(zip(names, exact, strict=True))), bclc(**dict(zip(names, blurred, strict=True)))
    assert settled.stage is not None
    assert settled.possible <= possible.possible


@given(st.tuples(*TUMOURS))
def test_it_bounds_milan_and_up_to_seven(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    assert milan(*exact) <= milan(*blurred)
    assert up_to_seven(*exact) <= up_to_seven(*blurred)


@given(*TUMOURS, st.data())
def test_it_bounds_the_criteria_with_a_sum_of_diameters(
    count: Pair, largest: Pair, invasion: Pair, spread: Pair, data: st.DataObject
) -> None:
    others = [data.draw(numbers("0.1", str(largest[0]))) for _ in range(int(count[0]) - 1)]
    total = largest[0] + sum(others)
    exact, blurred = split(count, largest, invasion, spread)
    blurred_total = data.draw(st.sampled_from([total, Interval(low=total), None]))
    for criterion in (ucsf, unos_downstaging):
        settled = criterion(*exact, total_diameter=total)
        assert len(settled) == 1
        assert settled <= criterion(*blurred, total_diameter=blurred_total)


AFP = numbers("1", "2000", places=0)


@given(
    st.tuples(
        blurred_number(numbers("5", "60", places=0)),
        blurred_number(numbers("20", "50", places=0)),
        blurred_number(AFP),
        blurred_number(SIZE),
        blurred_number(COUNT),
    )
)
def test_it_bounds_hap(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    assert hap(*exact[:4]).totals <= hap(*blurred[:4]).totals
    settled, possible = mhap_ii(*exact, bilirubin_unit="umol/L"), mhap_ii(*blurred, bilirubin_unit="umol/L")
    assert settled.totals <= possible.totals


@given(
    st.tuples(
        blurred_answer(),
        blurred_number(numbers("0", "60", places=0)),
        blurred_number(COUNT),
        blurred_number(AFP),
        blurred_number(SIZE),
    )
)
def test_it_bounds_fong(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    assert fong(*exact).total is not None
    assert fong(*exact).totals <= fong(*blurred).totals


@given(st.tuples(blurred_number(COUNT, missing=False), blurred_number(SIZE, missing=False)))
def test_it_bounds_the_tumour_burden_score(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    score = tumour_burden_score(*exact)
    assert score is not None
    assert score.low is not None
    assert within(tumour_burden_score(*blurred), score.low)


BURDEN = ("within", "beyond")


@given(
    st.tuples(
        blurred_number(numbers("20", "50", places=0), missing=False),
        blurred_number(numbers("0", "4"), missing=False),
        st.sampled_from([("within", "within"), ("beyond", "beyond"), ("beyond", frozenset(BURDEN))]),
    )
)
def test_it_bounds_state(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    score = state(*exact)
    assert score is not None
    assert score.low is not None
    assert within(state(*blurred), score.low)


CHANGE = numbers("-3", "4", places=0)
AST = numbers("20", "200", places=0)


@given(
    blurred_number(AFP, missing=False),
    st.sampled_from("ABC"),
    blurred_number(CHANGE, missing=False),
    blurred_number(AST, missing=False),
    blurred_number(AST, missing=False),
    st.booleans(),
)
def test_it_bounds_abcr_and_art(afp: Pair, stage: str, change: Pair, before: Pair, after: Pair, response: bool) -> None:
    for exact, blurred in (
        (abcr(afp[0], stage, change[0], response), abcr(afp[1], stage, change[1], response)),
        (art(change[0], before[0], after[0], response), art(change[1], before[1], after[1], response)),
    ):
        assert exact is not None
        assert blurred is not None
        assert exact.total in blurred.totals


@given(
    st.tuples(
        blurred_choice(BURDEN),
        blurred_choice(("1", "2a", "2b", "3")),
        blurred_choice(("simple_nodular", "infiltrative")),
    )
)
def test_it_bounds_unsuitability(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    assert tace_unsuitable(*exact).unsuitable <= tace_unsuitable(*blurred).unsuitable


@given(
    st.tuples(*(blurred_number(numbers("0", "4", places=0)) for _ in range(2)), *(blurred_answer() for _ in range(3)))
)
def test_it_bounds_refractoriness(pairs: tuple[Pair, ...]) -> None:
    exact, blurred = split(*pairs)
    assert tace_refractory(*exact) <= tace_refractory(*blurred)


@given(blurred_number(TOTAL, missing=False), st.sampled_from(BURDEN), blurred_number(ECOG), blurred_answer())
def test_it_bounds_bolondi(total: Pair, burden: str, ecog: Pair, thrombosis: Pair) -> None:
    settled = bolondi(total[0], burden, ecog[0], thrombosis[0])
    possible = bolondi(total[1], burden, ecog[1], thrombosis[1])
    assert settled is not None
    assert possible is not None
    assert settled <= possible


@given(st.tuples(*TUMOURS[:2], blurred_number(TOTAL), blurred_number(ECOG), *TUMOURS[2:]))
def test_it_bounds_a_trial_population(pairs: tuple[Pair, ...]) -> None:
    names = ("lesion_count", "largest_lesion", "child_pugh", "ecog", "macrovascular_invasion", "extrahepatic")
    exact, blurred = split(*pairs)
    assert legacy(**dict(zip(names, exact, strict=True))) <= legacy(**dict(zip(names, blurred, strict=True)))
