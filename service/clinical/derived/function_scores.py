"""Child-Pugh, ALBI, MELD 3.0 and eGFR as facts: what is known of the inputs handed to service/clinical/scores."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from service.clinical.derived.answers import Answer, Marked
from service.clinical.derived.given import Given
from service.clinical.derived.native import in_si, native
from service.clinical.derived.registry import Precedence, computed
from service.clinical.scores import albi, kidney, meld_bounds
from service.clinical.scores.child_pugh import ChildPugh
from service.clinical.scores.child_pugh import child_pugh as child_pugh_points
from service.clinical.scores.possible import Number, Word
from service.clinical.values import Value

BILIRUBIN_UMOL, ALBUMIN_G_L = Decimal("17.1"), Decimal(10)
"""umol/L in 1 mg/dL, g/L in 1 g/dL (hcc.md 0.4)"""

_CHILD_PUGH_INPUTS = ("bilirubin", "albumin", "inr", "ascites", "encephalopathy")
_FLAGS = ("anticoagulant_active", "gilbert_syndrome", "biliary_obstruction")


@computed("child_pugh", *_CHILD_PUGH_INPUTS, also=_FLAGS, precedence=Precedence.COMPUTED)
def child_pugh(given: Given) -> Answer:
    """Every total still possible, no item imputed; under an anticoagulant the INR says nothing (hcc.md 2.1)."""
    bilirubin, bilirubin_unit = native(given.fact("bilirubin"), given.number("bilirubin"), "umol/L")
    albumin, albumin_unit = native(given.fact("albumin"), given.number("albumin"), "g/L")
    points = child_pugh_points(
        bilirubin,
        albumin,
        _valid_inr(given),
        given.word("ascites"),
        given.word("encephalopathy"),
        bilirubin_unit=bilirubin_unit or "mg/dL",
        albumin_unit=albumin_unit or "g/dL",
    )
    if all(given.fact(name).is_unknown for name in _CHILD_PUGH_INPUTS):
        return None
    return Marked(frozenset[Value](points.totals), (_by_item(points), *_remarks(points, given)))


def _valid_inr(given: Given) -> Number:
    return None if given.yes("anticoagulant_active") else given.number("inr")


def _by_item(points: ChildPugh) -> str:
    """ "bilirubin 2, albumin 2, INR 1–3, ascites 2, encephalopathy 1" """
    return ", ".join(
        f"{'INR' if item == 'inr' else item} {min(possible)}" + (f"–{max(possible)}" if len(possible) > 1 else "")
        for item, possible in points.items.items()
    )


def _remarks(points: ChildPugh, given: Given) -> tuple[str, ...]:
    remarks = {
        "INR not used: anticoagulant active": given.yes("anticoagulant_active"),
        "bilirubin raised by Gilbert syndrome": given.yes("gilbert_syndrome"),
        "bilirubin raised by biliary obstruction": given.yes("biliary_obstruction"),
        "INR above 2.2 is 2 or 3 points by table": points.inr_band_matters,
    }
    return tuple(text for text, applies in remarks.items() if applies)


@computed("child_pugh_increase", "child_pugh", "child_pugh_before_first_session")
def child_pugh_increase(given: Given) -> Answer:
    """Points now less points before the first session."""
    now, before = _listed(given.number("child_pugh")), _listed(given.number("child_pugh_before_first_session"))
    return frozenset[Value](later - earlier for later, earlier in product(now, before)) if now and before else None


def _listed(number: Number) -> tuple[Decimal, ...]:
    if isinstance(number, Decimal):
        return (number,)
    return tuple(number) if isinstance(number, frozenset) else ()


@computed("albi_score", "bilirubin", "albumin")
def albi_score(given: Given) -> Answer:
    bilirubin = in_si(given.fact("bilirubin"), given.number("bilirubin"), "umol/L", BILIRUBIN_UMOL)
    albumin = in_si(given.fact("albumin"), given.number("albumin"), "g/L", ALBUMIN_G_L)
    score = albi.albi_bounds(bilirubin, albumin)
    if score is None or score.low is None or score.low != score.high:
        return score
    return Marked(score.low, ("borderline",)) if albi.albi_borderline(score.low) else score.low


@computed("albi_grade", "albi_score")
def albi_grade(given: Given) -> Answer:
    score = given.number("albi_score")
    return None if score is None else frozenset[Value](albi.albi_grade(score))


@computed("malbi_grade", "albi_score")
def malbi_grade(given: Given) -> Answer:
    score = given.number("albi_score")
    return None if score is None else albi.malbi_grade(score)


@computed(
    "meld_3_0",
    "creatinine",
    "bilirubin",
    "inr",
    "sodium",
    "albumin",
    "sex",
    "age",
    "chronic_dialysis",
    also=("anticoagulant_active",),
)
def meld_3_0(given: Given) -> Answer:
    """Both results for a sex that is neither female nor male; nothing while an input is missing (hcc.md 2.5)."""
    return meld_bounds.meld_3_0_bounds(
        given.number("creatinine"),
        given.number("bilirubin"),
        _valid_inr(given),
        given.number("sodium"),
        given.number("albumin"),
        sex=_sexes(given),
        age=given.number("age"),
        dialysis=given.answer("chronic_dialysis"),
    )


def _sexes(given: Given) -> Word:
    sex = given.word("sex")
    return frozenset({"female", "male"}) if sex == "other" else sex


@computed("egfr", "creatinine", "age", "sex", also=("acute_kidney_injury", "chronic_dialysis"))
def egfr(given: Given) -> Answer:
    """CKD-EPI 2021 for adults; says nothing in acute kidney injury or dialysis (hcc.md 2.6)."""
    if given.yes("acute_kidney_injury") or given.yes("chronic_dialysis") or not given.at_least("age", 18):
        return None
    rate = kidney.egfr_bounds(given.number("creatinine"), given.number("age"), sex=_sexes(given))
    return None if rate is None else Marked(rate, ("computed, CKD-EPI 2021",))
