"""ALBI (albumin-bilirubin) score, grade and modified grade. Knows neither dates nor sources."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.scores.bands import bands
from service.clinical.scores.logarithm import log10
from service.clinical.scores.possible import Number, narrowed, over_box
from service.clinical.values import Interval

BORDERLINE = Decimal("0.02")
"""Two published coefficients of albumin (0.085, 0.0852) differ by less than this (conflict C22)."""
BILIRUBIN_UMOL_L = (Decimal("0.855"), Decimal(1026))
ALBUMIN_G_L = (Decimal(8), Decimal(65))
"""What is plausible (0.05 to 60 mg/dL, 0.8 to 6.5 g/dL): closes an open interval such as "<3 umol/L"."""


def albi(bilirubin_umol_l: Decimal, albumin_g_l: Decimal) -> Decimal:
    """0.66 x log10(bilirubin umol/L) - 0.085 x albumin g/L. No clamps, not rounded. ALBI15.

    Derived in hepatocellular carcinoma; grades liver function, not tumour. Both from one draw (at most 48 h apart).
    ValueError unless bilirubin is above 0.
    """
    return Decimal("0.66") * log10(bilirubin_umol_l) - Decimal("0.085") * albumin_g_l


def albi_bounds(bilirubin_umol_l: Number, albumin_g_l: Number) -> Interval | None:
    """Lowest and highest score still possible; None when either was not recorded."""
    return over_box(albi, narrowed(bilirubin_umol_l, *BILIRUBIN_UMOL_L), narrowed(albumin_g_l, *ALBUMIN_G_L))


def albi_grade(score: Number) -> frozenset[Decimal]:
    """Grades of the unrounded score: 1 at most -2.60, 2 at most -1.39, else 3. ALBI15."""
    return frozenset(map(Decimal, bands("albi", "grade", "1").possible(score)))


def malbi_grade(score: Number) -> frozenset[str]:
    """Modified grades: 1 at most -2.60, 2a below -2.27, 2b at most -1.39, else 3. MALBI17.

    A score of exactly -2.27 is 2a in one of the two documents; the stricter 2b holds here.
    """
    return bands("albi", "malbi", "1").possible(score)


def albi_borderline(score: Decimal) -> bool:
    """Within 0.02 of a cut-off (-2.60, -2.27, -1.39): print three decimals and the word."""
    return any(abs(score - cut) <= BORDERLINE for cut in bands("albi", "malbi", "1").cuts)
