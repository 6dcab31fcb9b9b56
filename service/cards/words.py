"""How dates and sources read on a card. Knows no layout; values and units are written by rules/wording.py."""

from __future__ import annotations

from datetime import date

from service.clinical.values import Fact

_PLACES = {
    "Observation": "",
    "QuestionnaireResponse": "questionnaire",
    "MedicationRequest": "medication order",
    "MedicationStatement": "medication list",
    "MedicationAdministration": "medication given",
    "AllergyIntolerance": "allergy list",
    "DiagnosticReport": "report",
    "ImagingStudy": "imaging study",
}
"""Kinds of resources that no clinician calls by their name in FHIR; a measured value needs no word."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date, as_of: date) -> str:
    """ "1 Nov" in the year of `as_of`, else "1 Nov 2025"."""
    text = f"{on.day} {_MONTHS[on.month - 1]}"
    return text if on.year == as_of.year else f"{text} {on.year}"


def origin_text(fact: Fact, as_of: date) -> str:
    """ "(Condition, 12 Oct 2026)", "(1 Nov)", "(order)" or nothing: where a datum stands and of which day it is."""
    kind = fact.source.partition("/")[0]
    place = _PLACES.get(kind, kind)
    parts = [place] if place else []
    parts += [day(fact.on, as_of)] if fact.on else []
    return f"({', '.join(parts)})" if parts else ""


def ago(days: str) -> str:
    """ "41 days" as "41 days ago", "0 days" as "today", "never" as it is."""
    if days == "0 days":
        return "today"
    return f"{days} ago" if days.endswith(("day", "days")) else days
