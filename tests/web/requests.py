"""Hook requests for the tests of the web layer, small and synthetic."""

from __future__ import annotations

from typing import Any

SELECT = "/cds-services/liver-directed-therapy-select"
SIGN = "/cds-services/liver-directed-therapy-sign"
THERAPIES = "https://livercds.org/fhir/CodeSystem/therapies"


def order(order_id: str = "1", code: str = "ctace", system: str = THERAPIES, text: str = "") -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "id": order_id,
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": system, "code": code}], **({"text": text} if text else {})},
    }


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": each} for each in resources]}


def lab(code: str, value: float, unit: str, *, patient: str = "p1", day: str = "2026-11-20") -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"o{code}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "subject": {"reference": f"Patient/{patient}"},
        "effectiveDateTime": f"{day}T08:00:00Z",
        "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
    }


PATIENT = {"resourceType": "Patient", "id": "p1", "birthDate": "1960-02-03", "gender": "male"}


def hook_request(*orders: dict[str, Any], hook: str = "order-select", **prefetch: Any) -> dict[str, Any]:
    orders = orders or (order(),)
    context: dict[str, Any] = {"userId": "Practitioner/1", "patientId": "p1", "draftOrders": bundle(*orders)}
    if hook == "order-select":
        context["selections"] = [f"ServiceRequest/{each['id']}" for each in orders]
    body = {"hook": hook, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": context}
    return {**body, "prefetch": {"patient": PATIENT, **prefetch}}
