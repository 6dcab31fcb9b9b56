"""Anthracycline doses after the planned one, and whether an anthracycline is contraindicated."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.derived.answers import Answer, any_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.scores.possible import Number, rising
from service.clinical.scores.remnant import body_surface
from service.clinical.values import Interval

AT_LEAST_NOTHING = Interval(low=Decimal(0))


@computed(
    "anthracycline_total_after",
    "anthracycline_cumulative",
    "planned_anthracycline_dose",
    "planned_doxorubicin_dose",
    "planned_drug",
    "body_height",
    "body_weight",
)
def anthracycline_total_after(given: Given) -> Answer:
    """Given so far and planned, mg/m2; while the planned dose is unknown at least what was given so far."""
    return rising(_sum, given.number("anthracycline_cumulative"), _planned_dose(given))


def _planned_dose(given: Given) -> Number:
    """A stated dose counts even beside another main drug: of two answers that contradict, the stricter."""
    stated = given.number("planned_anthracycline_dose")
    dose = stated if stated is not None else _doxorubicin_per_m2(given)
    if dose is not None:
        return dose
    is_none_planned = given.among("planned_drug", "doxorubicin", "epirubicin", "other") is False
    return Decimal(0) if is_none_planned else AT_LEAST_NOTHING


def _doxorubicin_per_m2(given: Given) -> Decimal | None:
    dose = given.exact("planned_doxorubicin_dose")
    height, weight = given.exact("body_height"), given.exact("body_weight")
    return None if dose is None or height is None or weight is None else dose / body_surface(height, weight)


@computed("epirubicin_total_after", "epirubicin_cumulative", "planned_epirubicin_dose")
def epirubicin_total_after(given: Given) -> Answer:
    """As for all anthracyclines, epirubicin alone, mg/m2."""
    planned = given.number("planned_epirubicin_dose")
    return rising(_sum, given.number("epirubicin_cumulative"), AT_LEAST_NOTHING if planned is None else planned)


def _sum(given_so_far: Decimal, planned: Decimal) -> Decimal:
    return given_so_far + planned


@computed(
    "anthracycline_contraindicated",
    "lvef",
    "severe_heart_failure",
    "days_since_mi",
    "anthracycline_total_after",
    "neutrophils",
    "leukocytes",
    "anthracycline_allergy",
)
def anthracycline_contraindicated(given: Given) -> Answer:
    """Any absolute row anthra-* of hcc.md 7.1 at its default limit."""
    return any_true(
        given.below("lvef", 50),
        given.yes("severe_heart_failure"),
        given.below("days_since_mi", 42),
        given.above("anthracycline_total_after", 550),
        given.below("neutrophils", "1.5"),
        given.below("leukocytes", 3),
        given.yes("anthracycline_allergy"),
    )
