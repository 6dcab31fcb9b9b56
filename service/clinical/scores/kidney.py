"""Estimated glomerular filtration rate. Knows neither dates nor sources."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from service.clinical.scores.logarithm import power
from service.clinical.scores.possible import Number, Word, narrowed, over_box, spanned, words
from service.clinical.values import Interval

PIVOT = {"female": Decimal("0.7"), "male": Decimal("0.9")}
LOW_EXPONENT = {"female": Decimal("-0.241"), "male": Decimal("-0.302")}
HIGH_EXPONENT = Decimal("-1.200")
SEX_FACTOR = {"female": Decimal("1.012"), "male": Decimal(1)}
CREATININE = (Decimal("0.1"), Decimal(20))
ADULT = (Decimal(18), Decimal(120))


def egfr_ckd_epi(creatinine: Decimal, age: Decimal, *, sex: str) -> Decimal:
    """142 x min(Cr/k,1)^a x max(Cr/k,1)^-1.200 x 0.9938^age x 1.012 [female].

    In mL/min/1.73 m2, not rounded (Inker 2021). Creatinine in mg/dL, age in years, sex female (k 0.7, a -0.241) or male
    (k 0.9, a -0.302; KeyError otherwise). Adults with stable creatinine: the caller leaves it out in acute kidney
    injury and dialysis.
    """
    ratio = creatinine / PIVOT[sex]
    exponent = LOW_EXPONENT[sex] if ratio < 1 else HIGH_EXPONENT
    return 142 * power(ratio, exponent) * power(Decimal("0.9938"), age) * SEX_FACTOR[sex]


def egfr_bounds(creatinine: Number, age: Number, *, sex: Word) -> Interval | None:
    """Lowest and highest rate still possible; None when creatinine, age or sex was not recorded."""
    if sex is None:
        return None
    labs = (narrowed(creatinine, *CREATININE), narrowed(age, *ADULT))
    return spanned(*(over_box(partial(egfr_ckd_epi, sex=one), *labs) for one in words(sex, PIVOT)))
