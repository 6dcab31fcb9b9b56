"""Reads the tables beside it and says which row of a table holds for a patient so far. Knows no facts."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one name under one condition, in the order of the file."""

    name: str
    given: str
    rows: tuple[Row, ...]

    def holds(self, state: Mapping[str, str]) -> bool:
        """`given` is empty or "liver=failing; target_tumour=hcc|icc": all of them, each one of its words."""
        parts = (part.partition("=") for part in self.given.split(";") if part.strip())
        return all(state.get(name.strip(), "") in words.strip().split("|") for name, _, words in parts)


@cache
def rows_of(table: str) -> tuple[Row, ...]:
    """`table`: "choices" for choices.csv."""
    text = resources.files(__package__).joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def groups_of(table: str) -> Mapping[str, tuple[Group, ...]]:
    """Name to its groups; names in the order of their first row."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows_of(table):
        found.setdefault(row["name"], {}).setdefault(row["given"], []).append(row)
    return {
        name: tuple(Group(name, given, tuple(rows)) for given, rows in groups.items()) for name, groups in found.items()
    }


def group_for(groups: Sequence[Group], state: Mapping[str, str]) -> Group | None:
    """The first that holds."""
    return next((group for group in groups if group.holds(state)), None)
