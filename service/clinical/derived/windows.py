"""Evidence windows of trials and a label, as facts."""

from __future__ import annotations

from service.clinical.derived.answers import Answer, all_true, negated
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.derived.spread import METASTASES, spread

_STATE = ("ecog", "child_pugh", "extrahepatic_disease", "portal_vein_invasion")


@computed("emerald1_window", *_STATE, also=METASTASES)
def emerald1_window(given: Given) -> Answer:
    """ECOG 0-1, Child-Pugh at most 7, nothing outside the liver, main portal vein free."""
    return all_true(
        given.at_most("ecog", 1),
        given.at_most("child_pugh", 7),
        negated(spread(given)),
        given.among("portal_vein_invasion", "Vp0", "Vp1", "Vp2", "Vp3"),
    )


@computed("leap012_window", *_STATE, also=METASTASES, dated_by=("ecog", "child_pugh"))
def leap012_window(given: Given) -> Answer:
    """ECOG 0-1 and Child-Pugh at most 6 (the trial asks for both within 7 days), portal vein free, liver only."""
    return all_true(
        given.at_most("ecog", 1),
        given.at_most("child_pugh", 6),
        negated(spread(given)),
        given.among("portal_vein_invasion", "Vp0"),
    )


@computed("launch_window", "bclc_stage", "child_pugh", "ecog")
def launch_window(given: Given) -> Answer:
    """Stage C, Child-Pugh at most 6, ECOG 0-1."""
    return all_true(given.among("bclc_stage", "C"), given.at_most("child_pugh", 6), given.at_most("ecog", 1))


@computed("glass_label_window", "lesion_count", "largest_lesion", "child_pugh", "macrovascular_invasion")
def glass_label_window(given: Given) -> Answer:
    """One nodule of 1 to 8 cm, both included, Child-Pugh at most 6, no macrovascular invasion."""
    return all_true(
        given.at_most("lesion_count", 1),
        given.at_least("largest_lesion", 1),
        given.at_most("largest_lesion", 8),
        given.at_most("child_pugh", 6),
        given.no("macrovascular_invasion"),
    )
