"""Resources as plain JSON, unvalidated: for what selection needs and for the codes and references of an order."""

from __future__ import annotations

from typing import Any

from cds_hooks.json import BadJsonError, decode
from service.fhir.scan import Item


def content_of(item: Item) -> dict[str, Any]:
    """The resource's JSON as it came, unvalidated; empty if it cannot be read."""
    try:
        content = decode(item.raw)
    except BadJsonError:
        return {}
    return content if isinstance(content, dict) else {}


def parts_of(content: object, element: str) -> list[dict[str, Any]]:
    """The objects in a list element of unvalidated JSON; none where it is no list."""
    parts = content.get(element) if isinstance(content, dict) else None
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
