"""Ids that are unique in the whole cohort, as a bulk export needs them: the patient's before every other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.fixture_building.parts import Resource


def unique(resources: Iterable[Resource], patient: str) -> list[Resource]:
    """The resources with their ids, and all references among them, behind the patient's. His own id stays."""
    return [_renamed(resource, patient) for resource in resources]


def renamed(ident: str, patient: str) -> str:
    """ "condition-cirrhosis" to "s7-12-condition-cirrhosis"."""
    return ident if ident == patient else f"{patient}-{ident}"


def _renamed(resource: Resource, patient: str) -> Resource:
    found: Resource = _pointed(resource, patient)
    return {**found, "id": renamed(resource["id"], patient)}


def _pointed(value: Any, patient: str) -> Any:
    if isinstance(value, list):
        return [_pointed(part, patient) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _reference(part, patient) if name == "reference" else _pointed(part, patient)
        for name, part in value.items()
    }


def _reference(text: str, patient: str) -> str:
    """Practitioners and other patients are not the patient's, "#answers" lies within the resource."""
    kind, _, ident = text.partition("/")
    return text if kind in {"Patient", "Practitioner"} or text.startswith("#") else f"{kind}/{renamed(ident, patient)}"
