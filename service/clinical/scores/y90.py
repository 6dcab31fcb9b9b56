"""Arithmetic of Y-90 radioembolisation: shunt, doses, activities. Knows neither dates nor sources.

For display and for tests against a label's limits; the treating team's dosimetry decides and nothing here prescribes an
activity. Activity in GBq, dose in Gy, mass in kg, shunt and shares in %. Compare unrounded values.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from service.clinical.scores.bands import bands
from service.clinical.scores.logarithm import root

GY_KG_PER_GBQ = Decimal(50)
"""As the labels print it (C12); the physical constant is 49.67."""
LUNG_MASS = Decimal("1.0")
SINGLE_LUNG_DOSE = Decimal(30)
CUMULATIVE_LUNG_DOSE = Decimal(50)
GLASS_LUNG_ACTIVITY = Decimal("0.61")
RESIN_SHUNT = Decimal(20)


def lung_shunt(
    lung_anterior: Decimal, lung_posterior: Decimal, liver_anterior: Decimal, liver_posterior: Decimal
) -> Decimal:
    """Lung shunt fraction in %: geometric means of the anterior and posterior counts, lung / (lung + liver)."""
    lung, liver = root(lung_anterior * lung_posterior), root(liver_anterior * liver_posterior)
    return 100 * lung / (lung + liver)


def lung_activity(activity: Decimal, shunt: Decimal) -> Decimal:
    """Activity that reaches the lungs, GBq."""
    return activity * shunt / 100


def lung_dose(
    activity: Decimal, shunt: Decimal, *, lung_mass: Decimal = LUNG_MASS, constant: Decimal = GY_KG_PER_GBQ
) -> Decimal:
    """constant x activity x shunt / lung mass (1.0 kg unless measured by CT), Gy."""
    return constant * lung_activity(activity, shunt) / lung_mass


def perfused_dose(
    activity: Decimal, shunt: Decimal, perfused_mass: Decimal, *, constant: Decimal = GY_KG_PER_GBQ
) -> Decimal:
    """Mean dose of the perfused volume (one compartment): constant x activity x (1 - shunt) / mass, Gy."""
    return constant * (activity - lung_activity(activity, shunt)) / perfused_mass


def cumulative_lung_dose(earlier: Iterable[Decimal], planned: Decimal) -> Decimal:
    return sum(earlier, planned)


def glass_activity(
    target_dose: Decimal, perfused_mass: Decimal, shunt: Decimal, *, constant: Decimal = GY_KG_PER_GBQ
) -> Decimal:
    """Activity of glass microspheres for a mean dose: dose x mass / constant / (1 - shunt), GBq."""
    return target_dose * perfused_mass / constant / (1 - shunt / 100)


def resin_activity(body_surface: Decimal, tumour_share: Decimal, *, treated_share: Decimal = Decimal(100)) -> Decimal:
    """(body surface m2 - 0.2 + tumour share of the liver) x treated share, shares in %, GBq. BSAflip."""
    return (body_surface - Decimal("0.2") + tumour_share / 100) * treated_share / 100


def resin_activity_after_shunt(activity: Decimal, shunt: Decimal) -> Decimal:
    """Older resin label: x0.8 from 10 %, x0.6 from 15 %, none above 20 % (exactly 15 % takes the smaller factor)."""
    return activity * Decimal(bands("y90", "resin_activity_factor", "%").of(shunt))


def lung_limits(activity: Decimal, shunt: Decimal, dose: Decimal, earlier: Iterable[Decimal]) -> dict[str, bool]:
    """Which limits hold: single dose 30 Gy, cumulative 50 Gy, glass 0.61 GBq to the lungs, resin shunt 20 %."""
    return {
        "single": dose <= SINGLE_LUNG_DOSE,
        "cumulative": cumulative_lung_dose(earlier, dose) <= CUMULATIVE_LUNG_DOSE,
        "glass_activity": lung_activity(activity, shunt) <= GLASS_LUNG_ACTIVITY,
        "resin_shunt": shunt <= RESIN_SHUNT,
    }
