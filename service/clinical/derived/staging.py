"""BCLC stage, transplant criteria and what rests on them: known inputs handed to service/clinical/scores."""

from __future__ import annotations

from service.clinical.derived.answers import Answer, Marked, all_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.derived.spread import METASTASES, spread
from service.clinical.dictionary import FACTS
from service.clinical.scores import transplant
from service.clinical.scores.bclc import bclc
from service.clinical.scores.possible import Number, answers, every, words
from service.clinical.values import Value

_TUMOUR = ("lesion_count", "largest_lesion", "macrovascular_invasion", "extrahepatic_disease")
EARLY = {"0", "A"}


@computed("bclc_stage", *_TUMOUR, "ecog", "liver_function", "transplant_candidate", also=METASTASES)
def bclc_stage(given: Given) -> Answer:
    """BCLC 2022; every stage still possible (hcc.md 1.2)."""
    found = bclc(
        lesion_count=given.number("lesion_count"),
        largest_lesion=given.number("largest_lesion"),
        macrovascular_invasion=given.answer("macrovascular_invasion"),
        extrahepatic=spread(given),
        ecog=given.number("ecog"),
        liver_function=given.word("liver_function"),
        transplant_candidate=given.answer("transplant_candidate"),
    )
    remarks = {"C by ECOG alone": found.c_by_ecog_only, "transplant candidate: staged by tumour": found.via_transplant}
    return Marked(
        frozenset[Value](str(stage) for stage in found.stages), tuple(text for text, holds in remarks.items() if holds)
    )


@computed("bclc_stage_settled", "bclc_stage")
def bclc_stage_settled(given: Given) -> Answer:
    """One stage; while several are possible a datum is missing, so this too is unknown."""
    return True if given.fact("bclc_stage").is_known else None


@computed("milan", *_TUMOUR, also=METASTASES)
def milan(given: Given) -> Answer:
    return transplant.milan(*_burden(given))


@computed("up_to_seven", *_TUMOUR, also=METASTASES)
def up_to_seven(given: Given) -> Answer:
    return transplant.up_to_seven(*_burden(given))


@computed("unos_downstaging", *_TUMOUR, also=("sum_of_diameters", *METASTASES))
def unos_downstaging(given: Given) -> Answer:
    """Without the sum of the diameters every sum that number and largest size allow."""
    return transplant.unos_downstaging(*_burden(given), total_diameter=given.number("sum_of_diameters"))


def _burden(given: Given) -> tuple[Number, Number, bool | None, bool | None]:
    invasion = given.yes("macrovascular_invasion")
    return given.number("lesion_count"), given.number("largest_lesion"), invasion, spread(given)


@computed("tace_stage_indication", "bclc_stage", "curative_option_available")
def tace_stage_indication(given: Given) -> Answer:
    """Stage B, or 0 or A without a curative option."""
    stages = words(given.word("bclc_stage"), FACTS["bclc_stage"].values)
    return every(_indicated, stages, answers(given.answer("curative_option_available")))


def _indicated(stage: str, curative: bool) -> bool:
    return stage == "B" or (stage in EARLY and not curative)


@computed("bclc_b2_pattern", "bclc_stage", "infiltrative_or_diffuse", "portal_flow", "selective_access_feasible")
def bclc_b2_pattern(given: Given) -> Answer:
    """Stage B, well-defined nodules, portal flow towards the liver, selective access."""
    return all_true(
        given.among("bclc_stage", "B"),
        given.no("infiltrative_or_diffuse"),
        given.among("portal_flow", "hepatopetal"),
        given.yes("selective_access_feasible"),
    )
