"""How much a card may say and what it may offer: a client's wishes and the project's constants. Knows no patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from service.codes.own import BASE

SOURCE_LABEL = "Liver-directed therapy criteria"
SOURCE_URL = "https://livercds.org"
TOPICS_SYSTEM = f"{BASE}/CodeSystem/topics"
"""code = therapy ids without their hyphens: Epic remembers overrides by it and takes letters and digits only"""
EXTENSION = "org.livercds.decision"
"""of a card: its decision for machines"""
ANSWER_EXTENSION = "org.livercds.answer"
"""of an answer: orders without a judgement, and why"""
SUMMARY_LIMIT = 139
SMALLEST_CHARACTERS = 700
SMALLEST_LINES = 9
CLOSING = "Supports, does not replace, clinical judgement."


class Orderable(Protocol):
    """A client's own code for a laboratory test or a therapy."""

    @property
    def system(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def display(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CardStyle:
    """Limits of the detail, and `orderables` by fact name or therapy id: no entry, no suggestion.

    `max_characters` below SMALLEST_CHARACTERS and `max_lines` below SMALLEST_LINES are read as these: a card that says
    less than the barest one would hide something.
    """

    max_characters: int = 900
    max_lines: int = 12
    max_findings: int = 5
    max_asks: int = 3
    max_notes: int = 2
    max_suggestions: int = 5
    max_alternatives: int = 3
    orderables: Mapping[str, Orderable] = field(default_factory=dict)
    source_url: str = SOURCE_URL
    pages_url: str = ""
    """where the pages on the criteria are served ("https://…/docs/knowledge"); empty: no link"""
