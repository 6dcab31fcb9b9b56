"""What reaches the lungs at Y-90 radioembolisation, as facts."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.derived.answers import Answer, Marked
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.scores import y90
from service.clinical.scores.possible import rising
from service.clinical.values import Interval


@computed("lung_shunt_fraction", "lung_counts", "liver_counts")
def lung_shunt_fraction(given: Given) -> Answer:
    """From the geometric means of the counts, %."""
    lung, liver = given.exact("lung_counts"), given.exact("liver_counts")
    return None if lung is None or liver is None else y90.lung_shunt(lung, lung, liver, liver)


@computed("lung_activity", "planned_activity", "lung_shunt_fraction")
def lung_activity(given: Given) -> Answer:
    activity, shunt = given.exact("planned_activity"), given.exact("lung_shunt_fraction")
    return None if activity is None or shunt is None else y90.lung_activity(activity, shunt)


@computed("planned_lung_dose", "lung_activity", also=("lung_mass",))
def planned_lung_dose(given: Given) -> Answer:
    """50 Gy kg/GBq and 1.0 kg of lung unless measured (C12)."""
    activity, measured = given.exact("lung_activity"), given.exact("lung_mass")
    if activity is None:
        return None
    mass = y90.LUNG_MASS if measured is None else measured
    dose = y90.lung_dose(activity, Decimal(100), lung_mass=mass)
    return Marked(dose, (f"computed for {mass} kg of lung",))


@computed(
    "cumulative_lung_dose", "planned_lung_dose", "earlier_lung_dose", also=("earlier_y90", "prior_y90_same_territory")
)
def cumulative_lung_dose(given: Given) -> Answer:
    """With the earlier doses; equal to the planned one where no earlier Y-90 is on record, else at least that."""
    planned, earlier = given.number("planned_lung_dose"), given.number("earlier_lung_dose")
    if earlier is None:
        earlier = Decimal(0) if _never_before(given) else Interval(low=Decimal(0))
    return rising(_sum, planned, earlier)


def _never_before(given: Given) -> bool:
    if given.fact("earlier_y90").is_unknown:
        return given.no("prior_y90_same_territory") is True
    return given.no("earlier_y90") is True


def _sum(planned: Decimal, earlier: Decimal) -> Decimal:
    return planned + earlier
