"""JSON that a person can read and a version control can compare: what fits on a line stands on one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cds_hooks import json

_WIDTH = 118
_INDENT = "  "


def pretty(value: Any) -> bytes:
    """Two spaces a level; an object or list stands on one line if it fits, else each of its members does."""
    return f"{_written(value, '', 0)}\n".encode()


def _written(value: Any, indent: str, before: int) -> str:
    """`before`: characters that stand on the line already, indent apart."""
    line = _line(value, _WIDTH - len(indent) - before)
    if line is not None:
        return line
    inner = indent + _INDENT
    if isinstance(value, dict):
        return _block("{}", (_member(name, part, inner) for name, part in value.items()), indent)
    return _block("[]", (_written(part, inner, 1) for part in value), indent)


def _member(name: str, part: Any, indent: str) -> str:
    head = f"{_scalar(name)}: "
    return head + _written(part, indent, len(head) + 1)


def _block(brackets: str, members: Iterable[str], indent: str) -> str:
    inner = f",\n{indent}{_INDENT}".join(members)
    return f"{brackets[0]}\n{indent}{_INDENT}{inner}\n{indent}{brackets[1]}"


def _line(value: Any, room: int) -> str | None:
    """The value on one line; None for an object or list that does not fit into `room` characters, known early."""
    if not isinstance(value, dict | list) or not value:
        return _scalar(value)
    named = isinstance(value, dict)
    left, parts = room, []
    for part in value:
        head = f"{_scalar(part)}: " if named else ""
        text = _line(value[part] if named else part, left)
        left -= len(head) + len(text or "") + 2  # a comma and a space, or the brackets
        if text is None or left < 0:
            return None
        parts.append(head + text)
    inner = ", ".join(parts)
    return f"{{{inner}}}" if named else f"[{inner}]"


def _scalar(value: Any) -> str:
    return json.encode(value).decode()
