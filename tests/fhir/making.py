"""Small FHIR resources for tests, and the record that is read from them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from service.clinical.chart import Chart
from service.clinical.freshness import Window
from service.clinical.values import Fact, unknown
from service.codes.own import FACTS_SYSTEM, QUESTIONNAIRE, THERAPIES_SYSTEM, VALUES_SYSTEM
from service.codes.site import Site
from service.codes.systems import LOINC, SNOMED, UCUM
from service.fhir.chart import chart_for
from service.fhir.order import Order
from service.fhir.orders import read_orders
from service.fhir.record import Record, read_record

TODAY = date(2026, 11, 22)
FHIR = dict[str, Any]

BILIRUBIN = (LOINC, "1975-2")
INR = (LOINC, "6301-6")
ECOG = (LOINC, "89247-1")
HCC = (SNOMED, "109841003")
LIVER_METASTASIS = (SNOMED, "94381002")
COLON = (SNOMED, "363406005")
HEPATORENAL = (SNOMED, "51292008")
LIVER = (SNOMED, "10200004")


def concept(*codings: tuple[str, str], text: str | None = None) -> FHIR:
    made: FHIR = {"coding": [{"system": system, "code": code} for system, code in codings]} if codings else {}
    return made if text is None else {**made, "text": text}


def quantity(value: Any, unit: str, **more: Any) -> FHIR:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit, **more}


def patient(key: str = "p1", **more: Any) -> FHIR:
    return {"resourceType": "Patient", "id": key, "birthDate": "1960-05-05", "gender": "male", **more}


def resource(kind: str, key: str, **more: Any) -> FHIR:
    who = "patient" if kind in {"AllergyIntolerance", "Consent", "Device", "BodyStructure"} else "subject"
    made = {"resourceType": kind, "id": key, who: {"reference": "Patient/p1"}, **more}
    return {name: value for name, value in made.items() if value is not None}


def observation(means: tuple[str, str], key: str = "o1", on: str | None = "2026-11-20", **more: Any) -> FHIR:
    return resource("Observation", key, **{"status": "final", "code": concept(means), "effectiveDateTime": on, **more})


def lab(value: Any, unit: str = "mg/dL", means: tuple[str, str] = BILIRUBIN, key: str = "o1", **more: Any) -> FHIR:
    return observation(means, key, **{"valueQuantity": quantity(value, unit), **more})


def own(fact: str, key: str = "own1", **more: Any) -> FHIR:
    return observation((FACTS_SYSTEM, fact), key, **more)


def value(code: str) -> FHIR:
    return concept((VALUES_SYSTEM, code))


def status_of(word: str, kind: str = "condition-clinical") -> FHIR:
    return concept((f"http://terminology.hl7.org/CodeSystem/{kind}", word))


def condition(means: tuple[str, str], key: str = "c1", clinical: str | None = "active",
              verification: str | None = "confirmed", on: str | None = "2026-10-12", **more: Any) -> FHIR:  # fmt: skip
    made = {
        "code": concept(means),
        "recordedDate": on,
        "clinicalStatus": status_of(clinical) if clinical else None,
        "verificationStatus": status_of(verification, "condition-ver-status") if verification else None,
    }
    return resource("Condition", key, **{**made, **more})


def procedure(means: tuple[str, str], key: str = "pr1", on: str | None = "2026-05-01", **more: Any) -> FHIR:
    return resource(
        "Procedure", key, **{"status": "completed", "code": concept(means), "performedDateTime": on, **more}
    )


def drug(kind: str, means: tuple[str, str] | None, key: str = "m1", status: str = "active", **more: Any) -> FHIR:
    named = {"medicationCodeableConcept": concept(means)} if means else {}
    needed = {"intent": "order"} if kind == "MedicationRequest" else {}
    return resource(kind, key, status=status, **{**named, **needed, **more})


def answers(*items: FHIR, key: str = "q1", on: str | None = "2026-11-20", **more: Any) -> FHIR:
    made = {"status": "completed", "questionnaire": QUESTIONNAIRE, "authored": on, "item": list(items), **more}
    return resource("QuestionnaireResponse", key, **made)


def item(link: str, **given: Any) -> FHIR:
    return {"linkId": link, "answer": [given]}


def raw(*resources: FHIR) -> list[tuple[str, bytes]]:
    return [(f"all[{number}]", json.dumps(each).encode()) for number, each in enumerate(resources)]


def read(*resources: FHIR, site: Site | None = None, problems: tuple[str, ...] = (), today: date = TODAY) -> Record:
    return read_record(raw(patient(), *resources), patient_id="p1", today=today, site=site or Site(), problems=problems)


def fact(name: str, *resources: FHIR, site: Site | None = None) -> Fact:
    return read(*resources, site=site).facts.get(name) or unknown(name)


def order(key: str = "1", means: tuple[str, str] = (THERAPIES_SYSTEM, "ctace"), **more: Any) -> FHIR:
    return resource("ServiceRequest", key, **{"status": "draft", "intent": "order", "code": concept(means), **more})


def drafts(*orders: FHIR) -> bytes:
    entries = [{"resource": each} for each in orders]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def orders(*drafted: FHIR, site: Site | None = None, selections: list[str] | None = None) -> list[Order]:
    return read_orders(drafts(*drafted), selections, site or Site())


def _windows() -> dict[str, Window]:
    path = Path(__file__).parents[2] / "service" / "therapies" / "freshness.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: Window(row.get("judge"), row.get("repeat before")) for name, row in rows.items()}


WINDOWS = _windows()


def chart(record: Record, drafted: FHIR, *siblings: FHIR, therapy: str = "ctace", site: Site | None = None) -> Chart:
    first = orders(drafted, *siblings, site=site)[0]
    return chart_for(record, first, therapy, today=TODAY, windows=WINDOWS, site=site or Site())
