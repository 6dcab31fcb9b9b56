"""Future liver remnant as facts: shares, their minimum by parenchyma, growth after portal vein embolisation."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.derived.answers import Answer, any_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import computed
from service.clinical.scores import remnant
from service.clinical.scores.possible import every

FIRST_VOLUMETRY_FROM = Decimal(14)
"""Days after embolisation; growth measured earlier is not comparable with the published minimum (dh-kgr)."""
_BODY = ("body_height", "body_weight")
_AT_LEAST_MINIMUM = frozenset({"caution", "at_or_above_minimum"})


@computed("sflr", "remnant_volume", *_BODY)
def sflr(given: Given) -> Answer:
    """Standardised by the liver volume that height and weight predict (Vauthey)."""
    return _standardised(given, "remnant_volume")


@computed("sflr_after_pve", "remnant_volume_after_pve", *_BODY)
def sflr_after_pve(given: Given) -> Answer:
    return _standardised(given, "remnant_volume_after_pve")


def _standardised(given: Given, volume: str) -> Decimal | None:
    surface, remaining = _surface(given), given.exact(volume)
    if surface is None or remaining is None:
        return None
    return remnant.standardised_remnant(remaining, remnant.liver_volume(surface))


def _surface(given: Given) -> Decimal | None:
    height, weight = given.exact("body_height"), given.exact("body_weight")
    return None if height is None or weight is None else remnant.body_surface(height, weight)


@computed("parenchyma", "cirrhosis", "cholestasis", "chemotherapy_weeks", "steatosis_share")
def parenchyma(given: Given) -> Answer:
    """The worst that applies: cirrhosis or cholestasis; above 12 weeks of chemotherapy or 30 % fat; else normal."""
    scarred = any_true(given.yes("cirrhosis"), given.yes("cholestasis"))
    strained = any_true(given.above("chemotherapy_weeks", 12), given.above("steatosis_share", 30))
    return every(_parenchyma, _answers(scarred), _answers(strained))


def _parenchyma(scarred: bool, strained: bool) -> str:
    return "fibrosis_cirrhosis" if scarred else "chemo_or_steatosis" if strained else "normal"


def _answers(outcome: bool | None) -> tuple[bool, ...]:
    return (True, False) if outcome is None else (outcome,)


@computed("sflr_status", "sflr", "parenchyma")
def sflr_status(given: Given) -> Answer:
    """Exactly at the minimum is below it; an unknown parenchyma tries all three minima."""
    return remnant.remnant_status(given.number("sflr"), given.word("parenchyma"))


@computed("sflr_above_minimum", "sflr_status")
def sflr_above_minimum(given: Given) -> Answer:
    """Caution is not above."""
    return given.among("sflr_status", "at_or_above_minimum")


@computed("sflr_after_pve_above_minimum", "sflr_after_pve", "parenchyma")
def sflr_after_pve_above_minimum(given: Given) -> Answer:
    """Strictly above the minimum of its parenchyma, the band of caution included."""
    statuses = remnant.remnant_status(given.number("sflr_after_pve"), given.word("parenchyma"))
    return frozenset(status in _AT_LEAST_MINIMUM for status in statuses)


@computed("resected_fraction", "remnant_share", "sflr")
def resected_fraction(given: Given) -> Answer:
    """100 less the measured share, else less the standardised one."""
    measured, standardised = given.exact("remnant_share"), given.exact("sflr")
    share = standardised if measured is None else measured
    return None if share is None else remnant.resected_share(share)


@computed("degree_of_hypertrophy", "sflr", "sflr_after_pve")
def degree_of_hypertrophy(given: Given) -> Answer:
    before, after = given.exact("sflr"), given.exact("sflr_after_pve")
    return None if before is None or after is None else remnant.hypertrophy(before, after)


@computed("kinetic_growth_rate", "sflr", "sflr_after_pve", "days_pve_to_volumetry")
def kinetic_growth_rate(given: Given) -> Answer:
    before, after, days = given.exact("sflr"), given.exact("sflr_after_pve"), given.exact("days_pve_to_volumetry")
    if before is None or after is None or days is None or days < FIRST_VOLUMETRY_FROM:
        return None
    return remnant.kinetic_growth_rate(before, after, days)


@computed("remnant_volume_per_bsa", "remnant_volume", *_BODY)
def remnant_volume_per_bsa(given: Given) -> Answer:
    surface, remaining = _surface(given), given.exact("remnant_volume")
    return None if surface is None or remaining is None else remnant.remnant_per_surface(remaining, surface)


@computed("flr_volumetry_recorded", "remnant_volume", "remnant_share", "sflr", "volumetry_age")
def flr_volumetry_recorded(given: Given) -> Answer:
    """True where any figure of it is on record; silence is unknown."""
    recorded = any(
        not given.fact(name).is_unknown for name in ("remnant_volume", "remnant_share", "sflr", "volumetry_age")
    )
    return True if recorded else None
