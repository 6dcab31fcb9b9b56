"""Facts as allergies, drugs, devices, procedures and reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from service.codes.systems import LOINC, SNOMED
from service.fixture_building.forms import Form
from service.fixture_building.given import Given
from service.fixture_building.parts import Resource, coding, concept, hl7, instant, resource, slug

DENIED_TOGETHER = ("contrast_allergy", "lipiodol_allergy", "anthracycline_allergy", "irinotecan_intolerance",
                   "php_component_allergy")  # fmt: skip
"""Facts that the one statement "no known allergy" denies."""
_SESSION = Form(
    form="procedure",
    degree="",
    system=LOINC,
    code="88935-2",
    display="Guidance for chemoembolization of Hepatic artery-- W chemotherapy IA+W embolic agent IA",
    unit="",
    low=None,
    high=None,
)
_BETWEEN_SESSIONS = timedelta(days=56)


def no_known_allergy(patient: str, day: date) -> Resource:
    code = concept(SNOMED, "716186003", "No known allergy")
    return _allergy("allergy-none-known", code, patient, day)


def allergy(given: Given, form: Form, patient: str, day: date) -> Resource:
    reaction = [{"manifestation": [{"text": "reaction on record"}], "severity": form.degree}] if form.degree else []
    found = _allergy(f"allergy-{slug(given.name)}", concept(form.system, form.code, form.display), patient, day)
    return {**found, **({"reaction": reaction} if reaction else {})}


def _allergy(ident: str, code: object, patient: str, day: date) -> Resource:
    parts = {
        "clinicalStatus": hl7("allergyintolerance-clinical", "active"),
        "verificationStatus": hl7("allergyintolerance-verification", "confirmed"),
        "code": code,
        "recordedDate": day.isoformat(),
    }
    return resource("AllergyIntolerance", ident, patient, parts, who="patient")


def medication(given: Given, form: Form, patient: str, day: date) -> Resource:
    """A drug that is taken now."""
    parts = {
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": concept(form.system, form.code, form.display),
        "authoredOn": instant(day),
    }
    return resource("MedicationRequest", f"medication-{slug(given.name)}", patient, parts)


def device(given: Given, form: Form, patient: str, day: date) -> Resource:
    parts = {
        "meta": {"lastUpdated": instant(day)},
        "status": "active",
        "type": concept(form.system, form.code, form.display),
    }
    return resource("Device", f"device-{slug(given.name)}", patient, parts, who="patient")


def procedure(given: Given, form: Form, patient: str, day: date) -> Resource:
    return _procedure(f"procedure-{slug(given.name)}", form, patient, day)


def _procedure(ident: str, form: Form, patient: str, day: date) -> Resource:
    parts = {
        "status": "completed",
        "code": concept(form.system, form.code, form.display),
        "performedDateTime": instant(day),
    }
    return resource("Procedure", ident, patient, parts)


def sessions(count: Decimal, last: date, patient: str) -> Sequence[Resource]:
    """Earlier chemoembolisations, the newest on `last`."""
    days = [last - number * _BETWEEN_SESSIONS for number in range(int(count))]
    return [_procedure(f"procedure-tace-{len(days) - n}", _SESSION, patient, day) for n, day in enumerate(days)]


def report(given: Given, form: Form, patient: str, day: date) -> Resource:
    """An imaging report: that the examination was done, and when."""
    category = {"coding": [coding("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD", "Radiology")]}
    parts = {
        "status": "final",
        "category": [category],
        "code": concept(form.system, form.code, form.display),
        "effectiveDateTime": instant(day),
    }
    return resource("DiagnosticReport", f"report-{slug(given.name)}", patient, parts)
