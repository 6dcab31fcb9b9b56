"""Schemas of what clients send: what is demanded, and what is understood beside. More is ignored, not refused."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cds_hooks.feedback import FeedbackItem
from cds_hooks.requests import FhirAuthorization
from service.web.openapi.parts import Schema, ref

_FILLED: Schema = {"type": "string", "pattern": r"\S"}
_FHIR_ID = r"^(Patient/)?[A-Za-z0-9\-.]{1,64}$"
_REFERENCE = r"^[A-Z][A-Za-z]{0,63}/[A-Za-z0-9\-.]{1,64}$"


def request_schemas(hooks: Iterable[str], prefetch: Iterable[str]) -> dict[str, Schema]:
    """By component name; one request for every hook, whose `prefetch` names the declared keys."""
    _, found = msgspec.json.schema_components(
        [FeedbackItem, FhirAuthorization], ref_template="#/components/schemas/{name}"
    )
    item = found["FeedbackItem"]["properties"]
    item["card"] = _FILLED
    item["outcomeTimestamp"] = {"type": "string", "format": "date-time"}
    keys = tuple(prefetch)
    return {
        **found,
        "Feedback": {
            "type": "object",
            "properties": {"feedback": {"type": "array", "items": ref("FeedbackItem")}},
            "required": ["feedback"],
        },
        **{request_name(hook): _request(hook, keys) for hook in hooks},
    }


def request_name(hook: str) -> str:
    """ "order-select" -> "OrderSelectRequest"."""
    return "".join(part.capitalize() for part in hook.split("-")) + "Request"


def _request(hook: str, keys: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "properties": {
            "hook": {"const": hook},
            "hookInstance": _FILLED,
            "fhirServer": {"type": "string", "format": "uri"},
            "fhirAuthorization": ref("FhirAuthorization"),
            "context": _context(hook),
            "prefetch": {
                "type": "object",
                "description": "As discovery declares it; null where the record has nothing. A key that is missing is"
                " fetched, or what it would have told is unknown.",
                "properties": {key: {"anyOf": [ref("Resource"), {"type": "null"}]} for key in keys},
            },
            "extension": {"type": "object"},
        },
        "required": ["hook", "hookInstance", "context"],
    }


def _context(hook: str) -> Schema:
    properties = {
        "userId": _FILLED,
        "patientId": {"type": "string", "pattern": _FHIR_ID},
        "encounterId": {"type": "string"},
        "draftOrders": ref("Orders"),
    }
    if hook == "order-select":
        reference = {"type": "string", "pattern": _REFERENCE}
        properties["selections"] = {
            "type": "array",
            "items": reference,
            "minItems": 1,
            "description": "The orders just selected; without it every draft order is judged.",
        }
    return {"type": "object", "properties": properties, "required": ["patientId"]}
