"""The only repairs that are made before a resource counts as unreadable. Knows no resource type."""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Any

from service.fhir.dates import moment

_ZONELESS = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?")


def mend(content: dict[str, Any], kind: str, path: tuple[str | int, ...], zone: tzinfo) -> str:
    """What was mended, "" if nothing could be."""
    holder = _holder(content, path)
    if holder is None:
        return ""
    last: Any = path[-1]
    if kind == "extra_forbidden":
        del holder[last]
        return "unknown element dropped"
    text = holder[last]
    if not isinstance(text, str):
        return ""
    if text != text.strip() and text.strip():
        holder[last] = text.strip()
        return "spaces at the ends removed"
    return _with_zone(holder, last, text, zone)


def _with_zone(holder: Any, last: Any, text: str, zone: tzinfo) -> str:
    match = _ZONELESS.fullmatch(text)
    found = moment(text, zone) if match else None
    if match is None or found is None:
        return ""
    holder[last] = found.start.astimezone(zone).isoformat()
    return "time without zone read in the client's"


def _holder(content: Any, path: tuple[str | int, ...]) -> Any:
    """The object or list that holds the element at `path`; None where the path is not one of the content."""
    holder: Any = None
    for step in path:
        holder = content
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return None
    return holder
