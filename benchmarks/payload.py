"""A hook request with n Observations in its prefetch, of which some are used. Synthetic; no clock."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

USED = (
    ("1975-2", "0.9", "mg/dL"), ("1751-7", "3.9", "g/dL"), ("6301-6", "1.1", "1"), ("777-3", "165", "10*3/uL"),
    ("2160-0", "0.9", "mg/dL"), ("2951-2", "139", "mmol/L"), ("718-7", "12.9", "g/dL"), ("751-8", "3.1", "10*3/uL"),
    ("1834-1", "38", "ng/mL"), ("98979-8", "88", "mL/min/{1.73_m2}"), ("89247-1", "0", "{score}"),
    ("6690-2", "5.9", "10*3/uL"),
)  # fmt: skip
"""Codes that give facts, each with a usual value and unit."""
IDLE_CODES = ("2345-7", "3094-0", "17861-6", "2075-0", "2028-9", "8867-4", "8310-5", "9279-1", "2777-1", "85354-9")
"""Glucose, urea, calcium …: what fills a chart and gives no fact here."""


def request(observations: int, used: int, today: date) -> bytes:
    """An order-select for cTACE with `observations` laboratory results, `used` of them read, as the client sends it."""
    entries = [_observation(number, *_kind(number, used), today) for number in range(observations)]
    body = {
        "hook": "order-select",
        "hookInstance": "8b1c1b4e-3a57-4a0e-9f2e-2f5a5b6c7d8e",
        "context": {
            "userId": "Practitioner/1",
            "patientId": "p1",
            "selections": ["ServiceRequest/1"],
            "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": _order()}]},
        },
        "prefetch": {
            "patient": {"resourceType": "Patient", "id": "p1", "birthDate": "1958-04-02", "gender": "male"},
            "conditions": _bundle([_condition(today)]),
            "labs": _bundle(entries),
        },
    }
    return json.dumps(body).encode()


def used_resources(body: bytes, used: int) -> list[dict[str, Any]]:
    """The resources of such a request that are read: the patient, the condition and the first `used` Observations."""
    prefetch = json.loads(body)["prefetch"]
    entries = prefetch["conditions"]["entry"] + prefetch["labs"]["entry"][:used]
    return [prefetch["patient"], *(entry["resource"] for entry in entries)]


def _kind(number: int, used: int) -> tuple[str, str, str]:
    if number < used:
        return USED[number % len(USED)]
    return (IDLE_CODES[number % len(IDLE_CODES)], "5.1", "mmol/L")


def _observation(number: int, code: str, value: str, unit: str, today: date) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"o{number}",
        "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
                                  "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": code, "display": "a laboratory result"}]},
        "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": f"{today - timedelta(days=3)}T07:{number % 60:02d}:00+00:00",
        "valueQuantity": {"value": float(value), "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
    }  # fmt: skip


def _condition(today: date) -> dict[str, Any]:
    def concept(system: str, code: str) -> dict[str, Any]:
        return {"coding": [{"system": system, "code": code}]}

    hl7 = "http://terminology.hl7.org/CodeSystem"
    return {
        "resourceType": "Condition",
        "id": "c1",
        "clinicalStatus": concept(f"{hl7}/condition-clinical", "active"),
        "verificationStatus": concept(f"{hl7}/condition-ver-status", "confirmed"),
        "category": [concept(f"{hl7}/condition-category", "problem-list-item")],
        "code": concept("http://hl7.org/fhir/sid/icd-10-cm", "C22.0"),
        "subject": {"reference": "Patient/p1"},
        "recordedDate": str(today - timedelta(days=40)),
    }


def _order() -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "id": "1",
        "status": "draft",
        "intent": "order",
        "code": {"coding": [{"system": "https://livercds.org/fhir/CodeSystem/therapies", "code": "ctace"}]},
        "subject": {"reference": "Patient/p1"},
    }


def _bundle(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources]}
