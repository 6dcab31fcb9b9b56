"""The rules by id: how binding each is, since which version, in which section of the specification. Checks nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Level(StrEnum):
    """How binding a rule is, in the specification's own words."""

    SHALL = "SHALL"
    SHOULD = "SHOULD"
    MAY = "MAY"


@dataclass(frozen=True, slots=True)
class Rule:
    """`about`: what shows it kept or broken: a document or part of one ("response", "card", "link"; "document": any),
    an exchange, or one with a token (access); request and feedback are what clients send."""

    id: str
    level: Level
    since: str
    about: str
    section: str
    words: str


def _read() -> dict[str, Rule]:
    with Path(__file__).with_name("rules.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["id"]: Rule(level=Level(row.pop("level")), **row) for row in rows}


RULES: Mapping[str, Rule] = _read()


def rules_about(*subjects: str) -> frozenset[str]:
    """Ids of the rules that a document with these parts shows kept or broken."""
    return frozenset(rule.id for rule in RULES.values() if rule.about in {*subjects, "document"})
