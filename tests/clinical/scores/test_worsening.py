"""Worsening a value never improves a score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from service.clinical.scores.albi import albi, albi_grade, malbi_grade
from service.clinical.scores.bclc import LiverFunction, Stage, bclc
from service.clinical.scores.bleeding import WORST_FIRST, bleeding_gate
from service.clinical.scores.child_pugh import child_pugh
from service.clinical.scores.kidney import egfr_ckd_epi
from service.clinical.scores.liver_function import liver_function
from service.clinical.scores.meld import meld, meld_3_0, meld_3_0_raw, meld_na
from service.clinical.scores.metastases import fong
from service.clinical.scores.performance import ecog_from_karnofsky
from service.clinical.scores.remnant import remnant_status
from service.clinical.scores.tace import hap, mhap_ii
from service.clinical.scores.transplant import Burden, Downstaging, milan, ucsf, unos_downstaging, up_to_seven
from tests.clinical.scores.blurred import (
    ALBUMIN,
    ASCITES,
    BILIRUBIN,
    COUNT,
    CREATININE,
    ECOG,
    ENCEPHALOPATHY,
    INR,
    LIVER,
    SIZE,
    SODIUM,
    TOTAL,
    numbers,
)

T = TypeVar("T")
Two = tuple[Decimal, Decimal]
Words = tuple[str, str]
STAGES, LIVERS = list(Stage), list(LiverFunction)
BURDENS, DOWNSTAGING = list(Burden), list(Downstaging)


def rising(values: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Two]:
    """(a value, one at least as high)."""
    return st.tuples(values, values).map(lambda two: (min(two), max(two)))


def worsening(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, str]]:
    """(a word, the same or a worse one); `words` from good to bad."""
    places = st.tuples(st.sampled_from(range(len(words))), st.sampled_from(range(len(words))))
    return places.map(lambda two: (words[min(two)], words[max(two)]))


def place(order: Sequence[T], results: frozenset[T]) -> int:
    """Where the one result stands in an order."""
    (result,) = results
    return order.index(result)


YES = st.sampled_from([(False, False), (False, True), (True, True)])


@given(rising(BILIRUBIN), rising(ALBUMIN), rising(INR), worsening(ASCITES), worsening(ENCEPHALOPATHY))
def test_it_never_lowers_child_pugh(
    bilirubin: Two, albumin: Two, inr: Two, ascites: Words, encephalopathy: Words
) -> None:
    better = child_pugh(bilirubin[0], albumin[1], inr[0], ascites[0], encephalopathy[0])
    worse = child_pugh(bilirubin[1], albumin[0], inr[1], ascites[1], encephalopathy[1])
    assert better.low <= worse.low
    assert better.high <= worse.high
    assert min(better.classes) <= min(worse.classes)


@given(rising(numbers("2", "600", places=0)), rising(numbers("10", "60", places=0)))
def test_it_never_lowers_albi(bilirubin: Two, albumin: Two) -> None:
    better, worse = albi(bilirubin[0], albumin[1]), albi(bilirubin[1], albumin[0])
    assert better <= worse
    assert min(albi_grade(better)) <= min(albi_grade(worse))
    assert min(malbi_grade(better)) <= min(malbi_grade(worse))


@given(rising(CREATININE), rising(BILIRUBIN), rising(INR), rising(SODIUM), YES)
def test_it_never_lowers_meld(
    creatinine: Two, bilirubin: Two, inr: Two, sodium: Two, dialysis: tuple[bool, bool]
) -> None:
    labs = list(zip(creatinine, bilirubin, inr, strict=True))
    better, worse = (meld(*lab, dialysis=on) for lab, on in zip(labs, dialysis, strict=True))
    assert better <= worse
    lowest = meld_na(*labs[0], sodium[1], dialysis=dialysis[0])
    assert lowest <= meld_na(*labs[1], sodium[0], dialysis=dialysis[1])


@given(rising(CREATININE), rising(BILIRUBIN), rising(INR), SODIUM, ALBUMIN, YES)
def test_it_never_lowers_meld_3_0(
    creatinine: Two, bilirubin: Two, inr: Two, sodium: Decimal, albumin: Decimal, dialysis: tuple[bool, bool]
) -> None:
    better, worse = (
        meld_3_0(
            creatinine[at], bilirubin[at], inr[at], sodium, albumin, sex="male", age=Decimal(60), dialysis=dialysis[at]
        )
        for at in (0, 1)
    )
    assert better <= worse


@given(numbers("0.5", "2.7"), numbers("0.5", "30"), INR, rising(SODIUM), rising(ALBUMIN))
def test_it_never_lowers_meld_3_0_for_a_lower_sodium_or_albumin(
    creatinine: Decimal, bilirubin: Decimal, inr: Decimal, sodium: Two, albumin: Two
) -> None:
    """The published formula itself turns round above a bilirubin of 30 mg/dL or a creatinine of 2.7 mg/dL."""
    better, worse = (
        meld_3_0_raw(creatinine, bilirubin, inr, sodium[at], albumin[at], sex="female", age=Decimal(50), dialysis=False)
        for at in (1, 0)
    )
    assert better <= worse


@given(rising(CREATININE), rising(numbers("18", "95", places=0)), st.sampled_from(["female", "male"]))
def test_it_never_raises_the_filtration_rate(creatinine: Two, age: Two, sex: str) -> None:
    assert egfr_ckd_epi(creatinine[0], age[0], sex=sex) >= egfr_ckd_epi(creatinine[1], age[1], sex=sex)


@given(rising(COUNT), rising(SIZE), YES, YES, rising(ECOG), worsening(LIVER), YES)
def test_it_never_lowers_the_bclc_stage(
    count: Two,
    largest: Two,
    invasion: tuple[bool, bool],
    spread: tuple[bool, bool],
    ecog: Two,
    liver: tuple[str, str],
    no_transplant: tuple[bool, bool],
) -> None:
    better, worse = (
        bclc(
            lesion_count=count[at],
            largest_lesion=largest[at],
            macrovascular_invasion=invasion[at],
            extrahepatic=spread[at],
            ecog=ecog[at],
            liver_function=liver[at],
            transplant_candidate=not no_transplant[at],
        ).stages
        for at in (0, 1)
    )
    assert STAGES.index(better[0]) <= STAGES.index(worse[0])


@given(rising(COUNT), rising(SIZE), rising(numbers("0", "10")), YES, YES)
def test_it_never_brings_a_tumour_back_within(
    count: Two, largest: Two, rest: Two, invasion: tuple[bool, bool], spread: tuple[bool, bool]
) -> None:
    better, worse = ((count[at], largest[at], invasion[at], spread[at]) for at in (0, 1))
    totals = [largest[at] + rest[at] for at in (0, 1)]
    for criterion in (milan, up_to_seven):
        assert place(BURDENS, criterion(*better)) <= place(BURDENS, criterion(*worse))
    smaller, larger = (ucsf(*case, total_diameter=total) for case, total in zip((better, worse), totals, strict=True))
    assert place(BURDENS, smaller) <= place(BURDENS, larger)
    entry = [unos_downstaging(*case, total_diameter=total) for case, total in zip((better, worse), totals, strict=True)]
    assert place(DOWNSTAGING, entry[0]) <= place(DOWNSTAGING, entry[1])


@given(rising(TOTAL), rising(BILIRUBIN), worsening(ASCITES), worsening(ENCEPHALOPATHY), YES)
def test_it_never_improves_liver_function(
    total: Two,
    bilirubin: Two,
    ascites: tuple[str, str],
    encephalopathy: tuple[str, str],
    hepatorenal: tuple[bool, bool],
) -> None:
    better, worse = (
        liver_function(total[at], bilirubin[at], ascites[at], encephalopathy[at], hepatorenal[at]) for at in (0, 1)
    )
    assert place(LIVERS, better) <= place(LIVERS, worse)


@given(
    rising(numbers("5", "60", places=0)),
    rising(numbers("20", "50", places=0)),
    rising(numbers("1", "2000", places=0)),
    rising(SIZE),
    rising(COUNT),
)
def test_it_never_lowers_hap(bilirubin: Two, albumin: Two, afp: Two, largest: Two, count: Two) -> None:
    assert (
        hap(bilirubin[0], albumin[1], afp[0], largest[0]).low <= hap(bilirubin[1], albumin[0], afp[1], largest[1]).low
    )
    better, worse = (
        mhap_ii(bilirubin[at], albumin[1 - at], afp[at], largest[at], count[at], bilirubin_unit="umol/L").low
        for at in (0, 1)
    )
    assert better <= worse


@given(YES, rising(numbers("0", "60", places=0)), rising(COUNT), rising(numbers("0", "900", places=0)), rising(SIZE))
def test_it_never_lowers_fong(nodes: tuple[bool, bool], interval: Two, count: Two, cea: Two, largest: Two) -> None:
    better, worse = (fong(nodes[at], interval[1 - at], count[at], cea[at], largest[at]).low for at in (0, 1))
    assert better <= worse


@given(rising(INR), rising(numbers("5", "200", places=0)), st.booleans(), st.booleans())
def test_it_never_opens_the_bleeding_gate(inr: Two, platelets: Two, high_risk: bool, chronic: bool) -> None:
    better, worse = (
        bleeding_gate(inr[at], platelets[1 - at], Decimal(200), high_risk=high_risk, chronic_liver_disease=chronic)
        for at in (0, 1)
    )
    assert place(WORST_FIRST, better) >= place(WORST_FIRST, worse)


@given(rising(numbers("0", "100", places=0)))
def test_it_never_lowers_the_performance_status(karnofsky: Two) -> None:
    assert max(ecog_from_karnofsky(karnofsky[0])) >= max(ecog_from_karnofsky(karnofsky[1]))


STATUS = ["below_minimum", "caution", "at_or_above_minimum"]


@given(rising(numbers("5", "60")), worsening(("normal", "chemo_or_steatosis", "fibrosis_cirrhosis")))
def test_it_never_raises_the_remnant_status(share: Two, parenchyma: tuple[str, str]) -> None:
    worse, better = remnant_status(share[0], parenchyma[1]), remnant_status(share[1], parenchyma[0])
    assert place(STATUS, worse) <= place(STATUS, better)
