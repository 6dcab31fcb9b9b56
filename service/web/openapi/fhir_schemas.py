"""Schemas of the FHIR resources that come and go: as much of them as a client of these routes needs."""

from __future__ import annotations

from service.codes.own import THERAPIES_SYSTEM
from service.codes.published import code_system
from service.web.openapi.parts import Schema, ref


def resource(kind: str, **members: Schema) -> Schema:
    """A FHIR resource of this type that must have these members beside whatever else."""
    return {
        "type": "object",
        "properties": {"resourceType": {"const": kind}, **members},
        "required": ["resourceType", *members],
    }


_TEXT: Schema = {"type": "string", "minLength": 1}
_CODING: Schema = {"type": "object", "properties": {"system": _TEXT, "code": _TEXT}}
_THERAPIES = [concept["code"] for concept in code_system("therapies")["concept"]]
_LIST: Schema = {"type": "array", "minItems": 1}
FHIR_SCHEMAS: dict[str, Schema] = {
    "OperationOutcome": resource(
        "OperationOutcome",
        issue={
            **_LIST,
            "items": {
                "type": "object",
                "properties": {
                    "severity": {"enum": ["fatal", "error", "warning", "information"]},
                    "code": _TEXT,
                    "details": {"type": "object", "properties": {"text": _TEXT}},
                    "diagnostics": _TEXT,
                },
                "required": ["severity", "code"],
            },
        },
    ),
    "CapabilityStatement": resource("CapabilityStatement", status=_TEXT, date=_TEXT, fhirVersion=_TEXT, rest=_LIST),
    "CodeSystem": resource("CodeSystem", id=_TEXT, url=_TEXT, version=_TEXT, status=_TEXT, concept=_LIST),
    "Questionnaire": resource("Questionnaire", id=_TEXT, url=_TEXT, version=_TEXT, status=_TEXT, item=_LIST),
    "Found": {
        **resource("Bundle", type={"const": "searchset"}, total={"type": "integer", "minimum": 0}, link=_LIST),
        "description": "What a search found.",
    },
    "Resource": {"type": "object", "properties": {"resourceType": _TEXT}, "required": ["resourceType"]},
    "Orders": {
        "type": "object",
        "description": "A Bundle of the draft orders.",
        "properties": {
            "resourceType": {"const": "Bundle"},
            "entry": {"type": "array", "items": {"type": "object", "properties": {"resource": ref("Order")}}},
        },
        "required": ["resourceType"],
    },
    "TherapyCoding": {
        "type": "object",
        "description": "A therapy in our own code system; service/codes/orders.csv lists what else is understood.",
        "properties": {"system": {"const": THERAPIES_SYSTEM}, "code": {"enum": _THERAPIES}},
        "required": ["system", "code"],
    },
    "Order": {
        "type": "object",
        "description": "A ServiceRequest whose code means a therapy is judged; every other resource is let through.",
        "properties": {
            "resourceType": {"enum": ["ServiceRequest", "MedicationRequest", "DeviceRequest", "NutritionOrder"]},
            "id": {"type": "string", "pattern": r"^[A-Za-z0-9\-.]{1,64}$"},
            "status": {"enum": ["draft", "active"]},
            "subject": {"type": "object", "properties": {"reference": {"type": "string"}}},
            "code": {
                "type": "object",
                "properties": {
                    "coding": {
                        "type": "array",
                        "items": {"anyOf": [ref("TherapyCoding"), _CODING]},
                    },
                    "text": _TEXT,
                },
            },
        },
        "required": ["resourceType", "id"],
    },
}
