"""Writes Markdown: tables, lists, links. Knows no medicine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def cell(text: str) -> str:
    """A text that stays within its table cell and is never taken for a tag."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; none when it has no rows."""
    lines = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    return [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}", *lines] if lines else []


def bullets(items: Iterable[str]) -> list[str]:
    return [f"- {' '.join(item.split())}" for item in items]


def section(title: str, *blocks: Sequence[str], level: int = 2) -> list[str]:
    """A heading and its blocks, a blank line after each; nothing when all are empty."""
    told = [block for block in blocks if block]
    return [f"{'#' * level} {title}", "", *(line for block in told for line in (*block, ""))] if told else []


def link(text: str, target: str) -> str:
    return f"[{text}]({target})" if target else text


def page(title: str, *parts: Sequence[str]) -> str:
    """A whole page: its title, then the parts; ends with one line break."""
    lines = [f"# {title}", "", *(line for part in parts for line in part)]
    return "\n".join(lines).rstrip() + "\n"
