"""The small pieces of FHIR resources: codings, references, quantities, times. Knows no facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from service.codes.systems import UCUM
from service.fixture_building.given import is_plain

Resource = dict[str, Any]
"""One FHIR resource as JSON: numbers are int or Decimal."""

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
MORNING = "07:40:00Z"


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    return {"system": system, "code": code, **({"display": display} if display else {})}


def concept(system: str, code: str, display: str = "", text: str = "") -> dict[str, Any]:
    """A CodeableConcept; without a code its text alone."""
    parts: dict[str, Any] = {"coding": [coding(system, code, display)]} if code else {}
    return {**parts, **({"text": text or display} if text or display else {})}


def hl7(name: str, code: str) -> dict[str, Any]:
    """A CodeableConcept of one of HL7's own code systems ("condition-clinical", "active")."""
    return {"coding": [coding(f"{_TERMINOLOGY}/{name}", code)]}


def instant(day: date) -> str:
    return f"{day.isoformat()}T{MORNING}"


def quantity(value: Decimal, unit: str, comparator: str = "") -> dict[str, Any]:
    return {
        "value": number(value),
        **({"comparator": comparator} if comparator else {}),
        **({"unit": unit} if not is_plain(unit) else {}),
        "system": UCUM,
        "code": unit or "1",
    }


def number(value: Decimal) -> int | Decimal:
    """JSON keeps the digits as written: 4.20 stays 4.20, 4 is 4."""
    return int(value) if value == value.to_integral_value() and "." not in str(value) else value


def resource(kind: str, ident: str, patient: str, parts: Mapping[str, Any], *, who: str = "subject") -> Resource:
    """A resource of the patient; `who` is the element that names him."""
    return {"resourceType": kind, "id": ident, who: {"reference": f"Patient/{patient}"}, **parts}


def slug(name: str) -> str:
    """A fact's name as part of an id."""
    return name.removesuffix("_times_uln").replace("_", "-").lower()
