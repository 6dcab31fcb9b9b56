"""Prints a card as plain text for a terminal and the documentation. Knows no medicine."""

from __future__ import annotations

import re
import textwrap

from cds_hooks.models import Card

_ESCAPE = re.compile(r"\\([\\`*_\[\]~|#+=.)-])")
_BOLD = re.compile(r"(?<!\\)\*\*")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def as_text(card: Card, *, width: int = 100) -> str:
    """The card as a clinician reads it, wrapped to `width` characters; ends with a line break."""
    parts = [f"[{card.indicator}] {card.summary}", "", *_detail(card.detail or "", width), "", *_offers(card, width)]
    links = [f"Link: {link.label} ({link.url})" for link in card.links]
    return "\n".join([*parts, *links, f"Source: {card.source.label}"]) + "\n"


def _detail(markdown: str, width: int) -> list[str]:
    return [line for text in markdown.split("\n") for line in _wrapped(_unmarked(text.rstrip()), width)]


def _wrapped(text: str, width: int) -> list[str]:
    indent = "  " if text.startswith("- ") else ""
    return textwrap.wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]


def _unmarked(markdown: str) -> str:
    text = _ESCAPE.sub(r"\1", _BOLD.sub("", markdown))
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text


def _offers(card: Card, width: int) -> list[str]:
    suggestions = [f"Suggestion: {suggestion.label}" for suggestion in card.suggestions]
    reasons = [reason.display or reason.code for reason in card.override_reasons]
    overrides = _wrapped(f"Reasons to go on: {'; '.join(reasons)}", width) if reasons else []
    return [*suggestions, *overrides]
