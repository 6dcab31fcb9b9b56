"""Schemas of what the service answers: cards from their types, the rest by hand. Strict: none of it is ever null."""

from __future__ import annotations

from typing import Any

import msgspec

from cds_hooks.cards import SUMMARY_BELOW
from cds_hooks.models import Response
from service.cards.style import ANSWER_EXTENSION, EXTENSION
from service.rules.decision import Status
from service.web.openapi.parts import Schema, ref

_FILLED: Schema = {"type": "string", "minLength": 1}
_ONE_OR_MORE: Schema = {"oneOf": [_FILLED, {"type": "array", "items": _FILLED, "minItems": 1}]}
_SERVICE_TEXTS = ("hook", "title", "description", "id", "usageRequirements", "version", "hookVersion")
_DISPLAYED = {"required": ["code", "system", "display"]}


def answer_schemas() -> dict[str, Schema]:
    """By component name."""
    _, found = msgspec.json.schema_components([Response], ref_template="#/components/schemas/{name}")
    schemas = {name: _without_null(schema) for name, schema in found.items()}
    card = schemas["Card"]["properties"]
    card["summary"] = {"type": "string", "minLength": 1, "maxLength": SUMMARY_BELOW - 1}
    card["extension"] = {"type": "object", "properties": {EXTENSION: ref("Decision")}}
    schemas["OverrideReason"] |= _DISPLAYED
    schemas["Response"]["properties"]["extension"] = {
        "type": "object",
        "properties": {ANSWER_EXTENSION: {"type": "array", "items": ref("WithoutCard")}},
    }
    return {**schemas, **_BY_HAND}


def _without_null(schema: Any) -> Any:
    """Members that have no value are left out of answers, so that neither null nor a default is ever there."""
    if isinstance(schema, list):
        return [_without_null(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        return _without_null(choices[0])
    return {name: _without_null(each) for name, each in schema.items() if name != "default"}


_BY_HAND: dict[str, Schema] = {
    "Decision": {
        "type": "object",
        "description": "What the card says, for machines.",
        "properties": {
            "id": _FILLED,
            "order": _FILLED,
            "therapy": _ONE_OR_MORE,
            "status": {"enum": [*(status.word for status in Status), "not_checked"]},
            "reason": _FILLED,
            "thresholdSet": _ONE_OR_MORE,
            "asOf": {"type": "string", "format": "date"},
            "outcomes": {
                "type": "object",
                "properties": {
                    "not_met": {"type": "array", "items": _FILLED},
                    "unknown": {"type": "array", "items": _FILLED},
                    "met": {"type": "integer", "minimum": 0},
                },
                "required": ["met"],
            },
        },
        "required": ["id", "order", "status"],
    },
    "WithoutCard": {
        "type": "object",
        "description": "Why an order got no card of its own, or one that says it was not checked.",
        "properties": {
            "order": {"type": "string"},
            "therapy": {"anyOf": [*_ONE_OR_MORE["oneOf"], {"type": "null"}]},
            "reason": _FILLED,
            "status": _FILLED,
        },
        "required": ["order", "therapy", "reason"],
    },
    "Discovery": {
        "type": "object",
        "properties": {"services": {"type": "array", "items": ref("Service")}},
        "required": ["services"],
    },
    "Service": {
        "type": "object",
        "properties": {
            **dict.fromkeys(_SERVICE_TEXTS, _FILLED),
            "prefetch": {"type": "object", "additionalProperties": _FILLED},
            "extension": {"type": "object"},
        },
        "required": ["hook", "description", "id"],
    },
    "Stored": {"type": "object", "maxProperties": 0, "description": "The report lies safely on disk."},
    "Health": {"type": "object", "properties": {"status": _FILLED}, "required": ["status"]},
    "SourceAttributes": {
        "type": "object",
        "properties": {
            "type": _FILLED,
            "knowledge": _FILLED,
            "attributes": {"type": "array", "items": {"type": "object", "required": ["name", "text"]}},
            "citations": {"type": "array", "items": {"type": "object", "required": ["key", "title", "read"]}},
        },
        "required": ["type", "knowledge", "attributes", "citations"],
    },
}
