"""Facts about the liver's function and its decompensation that follow from others."""

from __future__ import annotations

from service.clinical.derived.answers import Answer, all_true, any_true, negated
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.scores import liver_function as score
from service.clinical.values import State

EVIDENT_ASCITES = ("mild", "moderate_severe", "refractory")
BOARD_CURRENT = 42
"""Days: a board record is current within the freshness class `board` (facts.csv)."""


@computed("liver_function", "child_pugh", "ascites", "bilirubin", "encephalopathy", also=("hepatorenal_syndrome",))
def liver_function(given: Given) -> Answer:
    """preserved, impaired or end_stage (hcc.md 1.1).

    Hepatorenal syndrome counts only where it is recorded: its absence from the record settles and blocks nothing (row
    gen-hrs is ABSENT-OK).
    """
    return score.liver_function(
        given.number("child_pugh"),
        given.number("bilirubin"),
        given.word("ascites"),
        given.word("encephalopathy"),
        given.yes("hepatorenal_syndrome") is True,
    )


@computed("child_pugh_b_exception", "transplant_listed", "treatment_extent", "tumour_board_age")
def child_pugh_b_exception(given: Given) -> Answer:
    """Listed for transplantation, or a superselective plan with a current board record."""
    planned = all_true(
        given.among("treatment_extent", "superselective"), given.at_most("tumour_board_age", BOARD_CURRENT)
    )
    return any_true(given.yes("transplant_listed"), planned)


@computed("bilirubin_exception", "transplant_listed", "treatment_extent")
def bilirubin_exception(given: Given) -> Answer:
    """Listed for transplantation, or a segmental or superselective plan."""
    selective = given.among("treatment_extent", "segmental", "superselective")
    return any_true(given.yes("transplant_listed"), selective)


@computed("bilirubin_reversible_cause", "biliary_obstruction", "gilbert_syndrome")
def bilirubin_reversible_cause(given: Given) -> Answer:
    return any_true(given.yes("biliary_obstruction"), given.yes("gilbert_syndrome"))


@computed("bilirubin_ratio_to_baseline", "bilirubin", "bilirubin_before_last_session")
def bilirubin_ratio_to_baseline(given: Given) -> Answer:
    now, before = given.exact("bilirubin"), given.exact("bilirubin_before_last_session")
    return None if now is None or before is None else now / before


@computed("clinical_ascites", "ascites", also=("diuretics_for_ascites",))
def clinical_ascites(given: Given) -> Answer:
    """Mild or worse, or a diuretic for it.

    `ascites` none or trace already says "not even controlled by diuretics" (facts.csv), so an unrecorded diuretic does
    not unsettle it; a recorded one does.
    """
    if given.yes("diuretics_for_ascites"):
        return True
    return given.among("ascites", *EVIDENT_ASCITES)


@computed("ascites_on_needle_path", "ascites", also=("ascites_drained",))
def ascites_on_needle_path(given: Given) -> Answer:
    """Mild or worse; gone only where a drainage is recorded."""
    if given.yes("ascites_drained"):
        return False
    return given.among("ascites", *EVIDENT_ASCITES)


@computed("new_ascites_since_last_session", "ascites", "ascites_before_last_session")
def new_ascites_since_last_session(given: Given) -> Answer:
    """Evident now and not before."""
    before = given.among("ascites_before_last_session", *EVIDENT_ASCITES)
    return all_true(given.among("ascites", *EVIDENT_ASCITES), negated(before))


@computed("hepatic_decompensation", "hepatic_jaundice", "encephalopathy", "ascites", "hepatorenal_syndrome")
def hepatic_decompensation(given: Given) -> Answer:
    return any_true(
        given.yes("hepatic_jaundice"),
        negated(given.among("encephalopathy", "none")),
        given.among("ascites", "refractory"),
        given.yes("hepatorenal_syndrome"),
    )


@computed("compromised_liver", "portal_hypertension", "ascites", "inr", "anticoagulant_active")
def compromised_liver(given: Given) -> Answer:
    """Portal hypertension, any ascites, or INR above 1.5 without an anticoagulant."""
    clotting = all_true(given.above("inr", "1.5"), given.no("anticoagulant_active"))
    return any_true(given.yes("portal_hypertension"), negated(given.among("ascites", "none")), clotting)


@computed("hvpg_measured", "hvpg")
def hvpg_measured(given: Given) -> Answer:
    """A measurement is on record, be it too old to be judged."""
    hvpg = given.fact("hvpg")
    return True if hvpg.state is not State.UNKNOWN or hvpg.last is not None else None
