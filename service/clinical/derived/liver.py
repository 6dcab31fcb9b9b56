"""Facts about the liver's function that follow from other facts."""

from __future__ import annotations

from service.clinical.derived.answers import Answer, any_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed

EVIDENT = ("mild", "moderate_severe", "refractory")


@computed("clinical_ascites", "ascites", "diuretics_for_ascites")
def clinical_ascites(given: Given) -> Answer:
    """Ascites mild or worse, or a diuretic for it."""
    if given.among("ascites", *EVIDENT) is False and given.fact("diuretics_for_ascites").is_unknown:
        return False
    return any_true(given.among("ascites", *EVIDENT), given.yes("diuretics_for_ascites"))
