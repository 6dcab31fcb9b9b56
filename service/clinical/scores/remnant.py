"""Future liver remnant: body surface, liver volume, remnant share, hypertrophy. Knows neither dates nor sources.

Height in cm, weight in kg (dry weight if documented), volumes in mL. Compare unrounded values.
"""

from __future__ import annotations

from decimal import Decimal

from service.clinical.scores.bands import bands
from service.clinical.scores.logarithm import power, root
from service.clinical.scores.possible import Number, Word, words

PARENCHYMA = ("normal", "chemo_or_steatosis", "fibrosis_cirrhosis")
PLAUSIBLE_SURFACE = (Decimal("1.2"), Decimal("2.8"))
KINETIC_MINIMUM = Decimal("2.0")
FUNCTION_MINIMUM = Decimal("2.69")


def body_surface(height: Decimal, weight: Decimal) -> Decimal:
    """Mosteller: square root of height x weight / 3600, m2. Mosteller 1987."""
    return root(height * weight / 3600)


def body_surface_dubois(height: Decimal, weight: Decimal) -> Decimal:
    """DuBois: 0.007184 x height^0.725 x weight^0.425, m2; 3-5 % too low in obesity. DuBois 1916."""
    return Decimal("0.007184") * power(height, Decimal("0.725")) * power(weight, Decimal("0.425"))


def liver_volume(surface: Decimal) -> Decimal:
    """Vauthey: -794.41 + 1267.28 x body surface, mL; Western adults with a normal liver. Vauthey 2002.

    ValueError for a surface outside 1.2-2.8 m2, where the line does not hold.
    """
    low, high = PLAUSIBLE_SURFACE
    if not low <= surface <= high:
        raise ValueError("the liver volume formula holds for a body surface of 1.2 to 2.8 m2")
    return Decimal("-794.41") + Decimal("1267.28") * surface


def liver_volume_urata(surface: Decimal) -> Decimal:
    """Urata: 706.2 x body surface + 2.4, mL; fits Asian series better."""
    return Decimal("706.2") * surface + Decimal("2.4")


def standardised_remnant(remnant: Decimal, estimated_liver: Decimal) -> Decimal:
    """100 x remnant / estimated total liver volume, %."""
    return 100 * remnant / estimated_liver


def measured_remnant(remnant: Decimal, whole_liver: Decimal, tumour: Decimal) -> Decimal:
    """100 x remnant / (CT liver volume - tumour volume), %; not interchangeable with the standardised share."""
    return 100 * remnant / (whole_liver - tumour)


def resected_share(remnant_share: Decimal) -> Decimal:
    return 100 - remnant_share


def remnant_status(share: Number, parenchyma: Word) -> frozenset[str]:
    """below_minimum, caution (normal liver, above 20 and below 25 %) or at_or_above_minimum.

    The share must lie above 20 % in normal liver, 30 % after chemotherapy or with steatosis, 40 % in fibrosis.
    Kishi 2009, Shindoh 2013.
    """
    return frozenset(
        status for kind in words(parenchyma, PARENCHYMA) for status in bands("remnant", kind, "%").possible(share)
    )


def hypertrophy(before: Decimal, after: Decimal) -> Decimal:
    """Degree of hypertrophy: remnant share after embolisation less before, in points of per cent."""
    return after - before


def relative_hypertrophy(before: Decimal, after: Decimal) -> Decimal:
    """100 x growth / share before, %; not the degree of hypertrophy."""
    return 100 * (after - before) / before


def kinetic_growth_rate(before: Decimal, after: Decimal, days: Decimal) -> Decimal:
    """Degree of hypertrophy per week at the first volumetry (14-56 days after embolisation). Shindoh 2013."""
    return hypertrophy(before, after) * 7 / days


def growth_is_favourable(before: Decimal, after: Decimal, days: Decimal, *, cirrhosis: bool) -> bool:
    """Degree above 5 points (10 in cirrhosis) and at least 2.0 points a week. Ribero 2007, Shindoh 2013."""
    least = Decimal(10) if cirrhosis else Decimal(5)
    return hypertrophy(before, after) > least and kinetic_growth_rate(before, after, days) >= KINETIC_MINIMUM


def remnant_per_surface(remnant: Decimal, surface: Decimal) -> Decimal:
    """mL/m2; at least 300 asked in cholangiocarcinoma with bile duct resection, 250 by Shirabe."""
    return remnant / surface


def remnant_function_is_favourable(function: Decimal) -> bool:
    """99mTc-mebrofenin uptake of the remnant at least 2.69 %/min/m2. de Graaf 2010."""
    return function >= FUNCTION_MINIMUM
