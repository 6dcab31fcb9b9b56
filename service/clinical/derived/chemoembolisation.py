"""What speaks for or against another chemoembolisation: unsuitability, refractoriness, ART, ABCR. Information only."""

from __future__ import annotations

from service.clinical.derived.answers import Answer
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.scores import retreatment
from service.clinical.scores.points import Points
from service.clinical.scores.possible import Word
from service.clinical.values import Value


@computed("tace_unsuitable", "up_to_seven", "malbi_grade", "tumour_morphology", also=("infiltrative_or_diffuse",))
def tace_unsuitable(given: Given) -> Answer:
    """Any reason of APPLE 2019 (any ALBI grade 2, conflict C17); false only if the morphology is known (hcc.md 4.1)."""
    found = retreatment.tace_unsuitable(given.word("up_to_seven"), given.word("malbi_grade"), _morphology(given))
    return found.unsuitable


def _morphology(given: Given) -> Word:
    return "infiltrative" if given.yes("infiltrative_or_diffuse") else given.word("tumour_morphology")


@computed(
    "tace_refractory",
    "consecutive_non_responses",
    "consecutive_progressions",
    "continuous_marker_rise",
    "new_vascular_invasion",
    "new_extrahepatic_spread",
)
def tace_refractory(given: Given) -> Answer:
    """JSH-LCSGJ 2014 (hcc.md 4.2)."""
    return retreatment.tace_refractory(
        given.number("consecutive_non_responses"),
        given.number("consecutive_progressions"),
        given.answer("continuous_marker_rise"),
        given.answer("new_vascular_invasion"),
        given.answer("new_extrahepatic_spread"),
    )


@computed(
    "art_score",
    "child_pugh_increase",
    "ast_before_first_session",
    "ast_after_first_session",
    "response_last_session",
)
def art_score(given: Given) -> Answer:
    return _totals(
        retreatment.art(
            given.number("child_pugh_increase"),
            given.number("ast_before_first_session"),
            given.number("ast_after_first_session"),
            _responded(given),
        )
    )


@computed(
    "abcr_score",
    "afp",
    "bclc_stage",
    "child_pugh_increase",
    "response_last_session",
    also=("bclc_stage_before_first_session",),
)
def abcr_score(given: Given) -> Answer:
    """With the stage before the first session where it is recorded, else the present one."""
    baseline = given.word("bclc_stage_before_first_session") or given.word("bclc_stage")
    return _totals(
        retreatment.abcr(given.number("afp"), baseline, given.number("child_pugh_increase"), _responded(given))
    )


def _responded(given: Given) -> bool | None:
    return given.among("response_last_session", "CR", "PR")


def _totals(points: Points | None) -> Answer:
    return None if points is None else frozenset[Value](points.totals)
