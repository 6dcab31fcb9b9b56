"""An examination of which only the study itself is there."""

from __future__ import annotations

from service.cohort.generate.draws import Draws
from service.fixture_building.parts import Resource


def study_only(resource: Resource, _: Draws) -> list[Resource]:
    """The report of an examination that never came: its ImagingStudy instead."""
    study = {"resourceType": "ImagingStudy", "id": resource["id"], "status": "available"}
    told = {"subject": resource["subject"], "started": resource["effectiveDateTime"]}
    return [{**study, **told, "procedureCode": [resource["code"]]}]
