"""Scores before a first chemoembolisation: HAP, mHAP-II, STATE, six-and-twelve, tumour burden. Knows no dates.

Information only, never a stop: derived in hepatocellular carcinoma, in the years of sorafenib. mHAP-III is not
available (its coefficients are not established).
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from service.clinical.scores.bands import bands
from service.clinical.scores.logarithm import root
from service.clinical.scores.points import Points, number_points
from service.clinical.scores.possible import Number, Word, every, rising, samples, spanned, words
from service.clinical.scores.transplant import Burden
from service.clinical.values import Interval

TABLE = "hap"
CRP_LIMIT = Decimal(1)


def hap(bilirubin_umol_l: Number, albumin_g_l: Number, afp: Number, largest_lesion: Number) -> Points:
    """1 point each: albumin <36 g/L, bilirubin >17 umol/L, AFP >400 ng/mL, largest >7 cm. Groups A 0, B 1, C 2, D 3-4.

    Bounds while an input is missing. HAPcode (the paper prints albumin in g/dL: an error).
    """
    return Points(
        {
            "albumin": number_points(TABLE, "albumin", "g/L", albumin_g_l),
            "bilirubin": number_points(TABLE, "bilirubin", "umol/L", bilirubin_umol_l),
            "afp": number_points(TABLE, "afp", "ng/mL", afp),
            "largest_lesion": number_points(TABLE, "largest_lesion", "cm", largest_lesion),
        }
    )


def mhap_ii(
    bilirubin: Number,
    albumin_g_l: Number,
    afp: Number,
    largest_lesion: Number,
    lesion_count: Number,
    *,
    bilirubin_unit: str = "mg/dL",
) -> Points:
    """HAP + 1 point for two or more nodules; bilirubin >0.9 mg/dL or >17 umol/L as reported (C24). MHAP2."""
    base = hap(None, albumin_g_l, afp, largest_lesion)
    return Points(
        {
            **base.items,
            "bilirubin": number_points(TABLE, "bilirubin_mhap", bilirubin_unit, bilirubin),
            "lesion_count": number_points(TABLE, "lesion_count", "1", lesion_count),
        }
    )


def hap_group(points: Points) -> frozenset[str]:
    """A 0, B 1, C 2, D 3 or more, for HAP and mHAP-II."""
    return points.groups(TABLE)


def state(albumin_g_l: Number, crp: Number, up_to_seven: Word) -> Interval | None:
    """Albumin g/L, less 12 if CRP is at least 1 mg/dL, less 12 if beyond up-to-seven; None when one is missing.

    Before a first session. ARTrev.
    """
    if crp is None or up_to_seven is None:
        return None
    losses = every(_state_loss, samples(crp, (CRP_LIMIT,)), words(up_to_seven, Burden))
    return spanned(*(rising(partial(_less, loss), albumin_g_l) for loss in losses))


def six_and_twelve(lesion_count: Number, largest_lesion: Number) -> Interval | None:
    """Number of nodules + largest diameter in cm; None when either is missing.

    Derived in unresectable disease, Child-Pugh A5-B7, ECOG 0. SAT.
    """
    return rising(_sum, lesion_count, largest_lesion)


def tumour_burden_score(lesion_count: Number, largest_lesion: Number) -> Interval | None:
    """Square root of largest^2 (cm) + number^2, not rounded; None when either is missing. TBS20."""
    return rising(burden_score, lesion_count, largest_lesion)


def burden_score(lesion_count: Decimal, largest_lesion: Decimal) -> Decimal:
    return root(largest_lesion * largest_lesion + lesion_count * lesion_count)


def stratum(score: str, value: Number) -> frozenset[str]:
    """Of `state` (<18, >=18), `six_and_twelve` (<=6, >6-12, >12) or `tumour_burden_score` (low, medium, high)."""
    unit = "points" if score == "state" else "1"
    return bands("tace", score, unit).possible(value)


def _state_loss(crp: Decimal, burden: str) -> Decimal:
    return Decimal(12) * ((crp >= CRP_LIMIT) + (burden == Burden.BEYOND))


def _less(loss: Decimal, albumin: Decimal) -> Decimal:
    return albumin - loss


def _sum(lesion_count: Decimal, largest_lesion: Decimal) -> Decimal:
    return lesion_count + largest_lesion
