"""Resources that are not FHIR R4, so that nothing in them may be used."""

from __future__ import annotations

from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.shapes import QUANTITY, changed
from service.fixture_building.parts import Resource

_BEFORE_R4 = ("Condition", "AllergyIntolerance")


def unreadable(resource: Resource, _: Draws) -> list[Resource]:
    if QUANTITY in resource:
        return changed(resource, valueQuantity={**resource[QUANTITY], "value": "see report"})
    if resource["resourceType"] in _BEFORE_R4:
        return changed(resource, clinicalStatus="active")
    return changed(resource, status={"text": "final"})
