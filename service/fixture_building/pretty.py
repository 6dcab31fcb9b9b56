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
    line = _line(value)
    if len(indent) + before + len(line) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = indent + _INDENT
    if isinstance(value, dict):
        return _block("{}", (_member(name, part, inner) for name, part in value.items()), indent)
    return _block("[]", (_written(part, inner, 1) for part in value), indent)


def _member(name: str, part: Any, indent: str) -> str:
    head = f"{_line(name)}: "
    return head + _written(part, indent, len(head) + 1)


def _block(brackets: str, members: Iterable[str], indent: str) -> str:
    inner = f",\n{indent}{_INDENT}".join(members)
    return f"{brackets[0]}\n{indent}{_INDENT}{inner}\n{indent}{brackets[1]}"


def _line(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_line(name)}: {_line(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_line, value)) + "]"
    return json.encode(value).decode()
