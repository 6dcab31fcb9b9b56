"""Which parts a document has: rules about a part that it has not are neither kept nor broken by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_NAMES = {
    "cards": "card", "suggestions": "suggestion", "actions": "action", "systemActions": "action", "links": "link",
    "overrideReasons": "override reason", "services": "service",
}  # fmt: skip


def response_parts(document: Any) -> set[str]:
    return {"response", *_parts(document)}


def discovery_parts(document: Any) -> set[str]:
    services = document.get("services") if isinstance(document, dict) else None
    has_templates = isinstance(services, list) and any(isinstance(s, dict) and s.get("prefetch") for s in services)
    return {"discovery", *_parts(document)} | ({"template"} if has_templates else set())


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _parts(each)
    elif isinstance(value, dict):
        yield from ("delete",) if value.get("type") == "delete" else ()
        for name, member in value.items():
            if name in _NAMES and isinstance(member, list) and member:
                yield _NAMES[name]
                yield from _parts(member)
