"""The two hook requests of a fixture, as an EHR would send them without access to its FHIR server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from service.fixture_building.parts import Resource
from service.fixture_building.prefetch import prefetch

_NAMESPACE = uuid5(NAMESPACE_URL, "https://livercds.org/fixtures")


def hook_requests(
    name: str, patient: str, orders: Sequence[Resource], selected: Sequence[str], resources: Sequence[Resource]
) -> dict[str, dict[str, Any]]:
    """Hook name to request. `selected`: the "Type/id" of the orders that were selected."""
    context = {"userId": "Practitioner/ordering-1", "patientId": patient, "encounterId": "encounter-1"}
    drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": order} for order in orders]}
    contexts = {
        "order-select": {**context, "selections": list(selected), "draftOrders": drafts},
        "order-sign": {**context, "draftOrders": drafts},
    }
    return {hook: _request(name, hook, found, resources) for hook, found in contexts.items()}


def _request(name: str, hook: str, context: dict[str, Any], resources: Sequence[Resource]) -> dict[str, Any]:
    return {
        "hook": hook,
        "hookInstance": str(uuid5(_NAMESPACE, f"{name}/{hook}")),
        "context": context,
        "prefetch": prefetch(resources),
    }
