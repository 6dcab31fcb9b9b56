"""The resource types that are read, and their fhir.resources models, imported when first needed."""

from __future__ import annotations

import importlib
from functools import cache

from pydantic import BaseModel

MODULES = {
    "AllergyIntolerance": "allergyintolerance",
    "BodyStructure": "bodystructure",
    "CarePlan": "careplan",
    "Condition": "condition",
    "Consent": "consent",
    "Device": "device",
    "DiagnosticReport": "diagnosticreport",
    "Goal": "goal",
    "ImagingStudy": "imagingstudy",
    "List": "list",
    "Medication": "medication",
    "MedicationAdministration": "medicationadministration",
    "MedicationRequest": "medicationrequest",
    "MedicationStatement": "medicationstatement",
    "Observation": "observation",
    "Patient": "patient",
    "Procedure": "procedure",
    "QuestionnaireResponse": "questionnaireresponse",
    "ServiceRequest": "servicerequest",
}
"""Resource types that are read, and the fhir.resources module of each (importing one takes tens of milliseconds)."""


@cache
def model_class(kind: str) -> type[BaseModel]:
    found: type[BaseModel] = getattr(importlib.import_module(f"fhir.resources.R4B.{MODULES[kind]}"), kind)
    return found


def load_models() -> None:
    """Import every model now, so that the first request does not wait for it."""
    for kind in MODULES:
        model_class(kind)
