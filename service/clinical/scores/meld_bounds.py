"""Bounds of the MELD scores while an input is an interval or one of several values. Knows neither dates nor sources."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from service.clinical.scores.meld import meld, meld_3_0, meld_na
from service.clinical.scores.possible import Answer, Number, Word, answers, hull, narrowed, over_box, spanned, words
from service.clinical.values import Interval

CREATININE = (Decimal("0.1"), Decimal(20))
BILIRUBIN = (Decimal("0.05"), Decimal(60))
INR = (Decimal("0.5"), Decimal(20))
SODIUM = (Decimal(100), Decimal(180))
ALBUMIN = (Decimal("0.8"), Decimal("6.5"))
"""What is plausible, in mg/dL, mg/dL, 1, mmol/L and g/dL: closes an open interval such as ">30"."""


def meld_bounds(creatinine: Number, bilirubin: Number, inr: Number, *, dialysis: Answer) -> Interval | None:
    """Lowest and highest MELD still possible; None when a laboratory value was not recorded."""
    labs = (narrowed(creatinine, *CREATININE), narrowed(bilirubin, *BILIRUBIN), narrowed(inr, *INR))
    return spanned(*(over_box(partial(meld, dialysis=on_dialysis), *labs) for on_dialysis in answers(dialysis)))


def meld_na_bounds(
    creatinine: Number, bilirubin: Number, inr: Number, sodium: Number, *, dialysis: Answer
) -> Interval | None:
    """As `meld_bounds`; an unrecorded sodium is no obstacle where MELD is at most 11, for it has no term there."""
    base = meld_bounds(creatinine, bilirubin, inr, dialysis=dialysis)
    if sodium is None and base is not None and (base.high or Decimal(0)) <= 11:
        return base
    labs = (
        narrowed(creatinine, *CREATININE),
        narrowed(bilirubin, *BILIRUBIN),
        narrowed(inr, *INR),
        narrowed(sodium, *SODIUM),
    )
    return spanned(*(over_box(partial(meld_na, dialysis=on_dialysis), *labs) for on_dialysis in answers(dialysis)))


def meld_3_0_bounds(
    creatinine: Number,
    bilirubin: Number,
    inr: Number,
    sodium: Number,
    albumin: Number,
    *,
    sex: Word,
    age: Number,
    dialysis: Answer,
) -> Interval | None:
    """Lowest and highest MELD 3.0 still possible; None when a laboratory value, sex or age was not recorded.

    For a sex that is neither female nor male hand in both: the bounds then are the two results. `dialysis` None tries
    both. ValueError below 12 years.
    """
    if sex is None or age is None:
        return None
    labs = (
        narrowed(creatinine, *CREATININE),
        narrowed(bilirubin, *BILIRUBIN),
        narrowed(inr, *INR),
        narrowed(sodium, *SODIUM),
        narrowed(albumin, *ALBUMIN),
    )
    ages = narrowed(age, Decimal(0), Decimal(120))
    formulas = (
        partial(meld_3_0, sex=one, age=years, dialysis=on_dialysis)
        for one in words(sex, ("female", "male"))
        for years in {hull(ages).low or Decimal(0), hull(ages).high or Decimal(0)}
        for on_dialysis in answers(dialysis)
    )
    return spanned(*(over_box(formula, *labs) for formula in formulas))
