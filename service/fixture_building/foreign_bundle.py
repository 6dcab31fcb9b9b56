"""Somebody's Bundle as a fixture: its resources are taken as they are, its draft order or one of our own added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cds_hooks.json import decode
from service.fixture_building.build import Built
from service.fixture_building.orders import OrderCode, draft
from service.fixture_building.parts import Resource
from service.rules.problems import KnowledgeError, Place, Problem


def read_bundle(path: Path, therapy: str, as_of: date) -> Built:
    """Raises BadJsonError, OSError, or KnowledgeError where it is no Bundle with exactly one Patient.

    Draft ServiceRequests of the Bundle are the orders; without one an order for `therapy` is made.
    """
    body: Any = decode(path.read_bytes())
    found = _resources(body, path.name)
    patients = [str(each["id"]) for each in found if each["resourceType"] == "Patient"]
    if len(patients) != 1:
        raise _refusal(path.name, f"holds {len(patients)} Patients; a fixture needs exactly one")
    orders = [each for each in found if each["resourceType"] == "ServiceRequest" and each.get("status") == "draft"]
    rest = [each for each in found if each not in orders]
    made = orders or [draft(OrderCode(therapy), "order-1", patients[0], as_of, reason=False)]
    return Built(patients[0], rest, made, [f"ServiceRequest/{each['id']}" for each in made])


def _resources(body: Any, name: str) -> Sequence[Resource]:
    if not isinstance(body, dict) or body.get("resourceType") != "Bundle":
        raise _refusal(name, "is no FHIR Bundle")
    entries = body.get("entry", [])
    found = [each.get("resource") for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    usable = [each for each in found if isinstance(each, dict) and each.get("resourceType") and each.get("id")]
    if len(usable) != len(found):
        raise _refusal(name, "has entries without a resource with type and id")
    return usable


def _refusal(file: str, message: str) -> KnowledgeError:
    return KnowledgeError([Problem(Place(file), message)])
