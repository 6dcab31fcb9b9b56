"""MELD, MELD-Na and MELD 3.0. Knows neither dates nor sources.

Laboratory values in mg/dL (creatinine, bilirubin), mmol/L (sodium), g/dL (albumin). Scores are whole numbers from 6 to
40, a half rounded upwards. Valid from 12 years, in cirrhosis; an INR under anticoagulants is not a valid input.
"""

from __future__ import annotations

from decimal import Decimal

from service.clinical.scores.logarithm import clamp, half_up, ln

ONE = Decimal(1)
LOWEST, HIGHEST = Decimal(6), Decimal(40)
NORMAL_SODIUM = Decimal(137)
NO_SODIUM_TERM_UP_TO = Decimal(11)


def meld_raw(creatinine: Decimal, bilirubin: Decimal, inr: Decimal, *, dialysis: bool) -> Decimal:
    """9.57 ln creatinine + 3.78 ln bilirubin + 11.2 ln INR + 6.43, not rounded. OPTN9.

    Values below 1.0 count as 1.0, creatinine above 4.0 as 4.0; dialysis (twice or more in 7 days) as creatinine 4.0.
    """
    creatinine = Decimal(4) if dialysis else clamp(creatinine, ONE, Decimal(4))
    return (
        Decimal("9.57") * ln(creatinine)
        + Decimal("3.78") * ln(max(bilirubin, ONE))
        + Decimal("11.2") * ln(max(inr, ONE))
        + Decimal("6.43")
    )


def meld(creatinine: Decimal, bilirubin: Decimal, inr: Decimal, *, dialysis: bool) -> Decimal:
    return whole_score(meld_raw(creatinine, bilirubin, inr, dialysis=dialysis))


def meld_na_raw(creatinine: Decimal, bilirubin: Decimal, inr: Decimal, sodium: Decimal, *, dialysis: bool) -> Decimal:
    """MELD + 1.32 (137 - Na) - 0.033 MELD (137 - Na) with the rounded MELD and Na held in 125-137. OPTN9 (2016).

    A MELD of at most 11 has no sodium term.
    """
    initial = meld(creatinine, bilirubin, inr, dialysis=dialysis)
    if initial <= NO_SODIUM_TERM_UP_TO:
        return initial
    deficit = _sodium_deficit(sodium)
    return initial + Decimal("1.32") * deficit - Decimal("0.033") * initial * deficit


def meld_na(creatinine: Decimal, bilirubin: Decimal, inr: Decimal, sodium: Decimal, *, dialysis: bool) -> Decimal:
    return whole_score(meld_na_raw(creatinine, bilirubin, inr, sodium, dialysis=dialysis))


def meld_na_kim_raw(
    creatinine: Decimal, bilirubin: Decimal, inr: Decimal, sodium: Decimal, *, dialysis: bool
) -> Decimal:
    """MELD - Na - 0.025 MELD (140 - Na) + 140 with the unrounded MELD and Na held in 125-140 (Kim 2008).

    For comparison only: this is not the OPTN score and no card offers it (conflict C27).
    """
    unrounded = meld_raw(creatinine, bilirubin, inr, dialysis=dialysis)
    held = clamp(sodium, Decimal(125), Decimal(140))
    return unrounded - held - Decimal("0.025") * unrounded * (140 - held) + 140


def meld_3_0_raw(
    creatinine: Decimal,
    bilirubin: Decimal,
    inr: Decimal,
    sodium: Decimal,
    albumin: Decimal,
    *,
    sex: str,
    age: Decimal,
    dialysis: bool,
) -> Decimal:
    """1.33 (female) + 4.56 ln bili + 0.82 (137-Na) - 0.24 (137-Na) ln bili + 9.09 ln INR + 11.14 ln Cr
    + 1.85 (3.5-alb) - 1.83 (3.5-alb) ln Cr + 6, not rounded and not capped. KIM21, OPTN9.

    Bilirubin, INR and creatinine from 1.0, creatinine to 3.0 (dialysis: 3.0), Na 125-137, albumin 1.5-3.5. From
    12 to 17 years the constant is 7.33 and sex has no term. `sex` is female or male, the one used for allocation.
    """
    creatinine_log = ln(Decimal(3) if dialysis else clamp(creatinine, ONE, Decimal(3)))
    bilirubin_log = ln(max(bilirubin, ONE))
    deficit = _sodium_deficit(sodium)
    lack = Decimal("3.5") - clamp(albumin, Decimal("1.5"), Decimal("3.5"))
    return (
        Decimal("4.56") * bilirubin_log
        + (Decimal("0.82") - Decimal("0.24") * bilirubin_log) * deficit
        + Decimal("9.09") * ln(max(inr, ONE))
        + Decimal("11.14") * creatinine_log
        + (Decimal("1.85") - Decimal("1.83") * creatinine_log) * lack
        + _constant(sex, age)
    )


def meld_3_0(
    creatinine: Decimal,
    bilirubin: Decimal,
    inr: Decimal,
    sodium: Decimal,
    albumin: Decimal,
    *,
    sex: str,
    age: Decimal,
    dialysis: bool,
) -> Decimal:
    raw = meld_3_0_raw(creatinine, bilirubin, inr, sodium, albumin, sex=sex, age=age, dialysis=dialysis)
    return whole_score(raw)


def whole_score(raw: Decimal) -> Decimal:
    return clamp(half_up(raw), LOWEST, HIGHEST)


def _sodium_deficit(sodium: Decimal) -> Decimal:
    return NORMAL_SODIUM - clamp(sodium, Decimal(125), NORMAL_SODIUM)


def _constant(sex: str, age: Decimal) -> Decimal:
    if sex not in {"female", "male"}:
        raise ValueError(f"MELD 3.0 has no term for sex {sex!r}")
    if age < 12:
        raise ValueError("MELD 3.0 is not defined below 12 years")
    if age < 18:
        return Decimal("7.33")
    return Decimal("7.33") if sex == "female" else Decimal(6)
