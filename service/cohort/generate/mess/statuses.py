"""Results and diagnoses that do not count as they stand: withdrawn, not final, refuted, over, without value."""

from __future__ import annotations

from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.shapes import Alteration, changed, without_value
from service.fixture_building.parts import Resource, hl7

_REASONS = ("unknown", "not-performed", "error", "masked")


def status(word: str) -> Alteration:
    return lambda resource, _: changed(resource, status=word)


def cancelled(resource: Resource, _: Draws) -> list[Resource]:
    return changed(without_value(resource), status="cancelled")


def value_absent(resource: Resource, draws: Draws) -> list[Resource]:
    reason = draws.one(f"value_absent/{resource['id']}", _REASONS)
    return changed(without_value(resource), dataAbsentReason=hl7("data-absent-reason", reason))


def verification(word: str) -> Alteration:
    return lambda resource, _: changed(resource, verificationStatus=hl7("condition-ver-status", word))


def resolved(resource: Resource, _: Draws) -> list[Resource]:
    """The disease ended on the day on which it was recorded."""
    ended = hl7("condition-clinical", "resolved")
    return changed(resource, clinicalStatus=ended, abatementDateTime=resource["recordedDate"])
