"""Static check of the decision tables: no gaps, no overlaps, no word twice. Knows no score."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from itertools import product

from service.clinical.scores.bands import bands, faults, table_rows
from service.clinical.scores.possible import YES_OR_NO
from service.clinical.scores.substage import ECOG, TOTALS, matches
from service.clinical.scores.transplant import Burden

SUBSTAGES = ("bolondi", "kinki")


def table_names() -> tuple[str, ...]:
    files = resources.files("service.tables").iterdir()
    return tuple(sorted(file.name.removesuffix(".csv") for file in files if file.name.endswith(".csv")))


def check_tables() -> tuple[str, ...]:
    """Every fault of every table, in words; empty when there is none."""
    return tuple(f"{table}: {fault}" for table in table_names() for fault in check_table(table))


def check_table(table: str) -> tuple[str, ...]:
    if table in SUBSTAGES:
        return _overlapping_cases(table)
    if "word" in table_rows(table)[0]:
        seen = Counter((row["item"], row["word"]) for row in table_rows(table))
        return tuple(f"{item}: {word} occurs {times} times" for (item, word), times in seen.items() if times > 1)
    items = dict.fromkeys((row["item"], row["unit"]) for row in table_rows(table))
    return tuple(f"{item}, {unit}: {fault}" for item, unit in items for fault in faults(bands(table, item, unit).rows))


def _overlapping_cases(table: str) -> tuple[str, ...]:
    """Two rows that fit one case; gaps are meant (the systems leave them) and give "not classified"."""
    cases = product(TOTALS, Burden, ECOG, YES_OR_NO)
    return tuple(f"two rows fit {case}" for case in cases if len(matches(table, *case)) > 1)
