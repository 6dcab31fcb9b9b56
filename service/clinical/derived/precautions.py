"""Drugs, allergies and blood counts that are not taken care of."""

from __future__ import annotations

from service.clinical.derived.answers import Answer, all_true, any_true, negated
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed


@computed(
    "antithrombotic_unmanaged",
    "anticoagulant_active",
    "p2y12_inhibitor_active",
    "antiplatelet_active",
    also=("hold_plan_recorded",),
)
def antithrombotic_unmanaged(given: Given) -> Answer:
    """An anticoagulant or antiplatelet drug is active and no hold plan is recorded (an unrecorded plan is none)."""
    if given.yes("hold_plan_recorded"):
        return False
    drugs = ("anticoagulant_active", "p2y12_inhibitor_active", "antiplatelet_active")
    return any_true(*(given.yes(drug) for drug in drugs))


@computed("severe_contrast_allergy_unmanaged", "contrast_allergy", "contrast_alternative_plan")
def severe_contrast_allergy_unmanaged(given: Given) -> Answer:
    return all_true(given.among("contrast_allergy", "severe"), negated(given.yes("contrast_alternative_plan")))


@computed("unmanaged_allergy", "allergy_to_planned", also=("allergy_plan_recorded",))
def unmanaged_allergy(given: Given) -> Answer:
    """Allergy to a planned drug or material without a recorded plan."""
    return False if given.yes("allergy_plan_recorded") else given.yes("allergy_to_planned")


@computed(
    "counts_recovered",
    "neutrophils",
    "platelets",
    "neutrophils_after_last_cycle",
    "platelets_after_last_cycle",
    dated_by=("neutrophils", "platelets"),
)
def counts_recovered(given: Given) -> Answer:
    """Neutrophils and platelets above their lowest values since the last cycle."""
    return all_true(_rose(given, "neutrophils"), _rose(given, "platelets"))


def _rose(given: Given, cells: str) -> bool | None:
    now, lowest = given.exact(cells), given.exact(f"{cells}_after_last_cycle")
    return None if now is None or lowest is None else now > lowest
