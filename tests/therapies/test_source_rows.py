"""Every row of the two source documents stands in one criterion, one note, or the rows left out for a reason."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from service.rules.loader import load
from service.rules.model import Knowledge

FATES = Path(__file__).parent.parent / "data" / "source_rows.csv"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def fates() -> dict[str, dict[str, str]]:
    with FATES.open(encoding="utf-8", newline="") as file:
        return {row["source_row"]: row for row in csv.DictReader(file)}


def _criteria_by_source_row(knowledge: Knowledge) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for therapy in knowledge.therapies.values():
        for inclusion in therapy.inclusions:
            for criterion in inclusion.criteria:
                for row in criterion.source_rows:
                    found.setdefault(row, set()).add(criterion.id)
    return found


def test_it_lists_all_rows_of_both_documents(fates: dict[str, dict[str, str]]) -> None:
    counts = Counter(row.partition(":")[0] for row in fates)
    assert counts == {"hcc": 224, "mets": 419}, f"source rows per document: {dict(counts)}"


def test_it_places_every_row_exactly_once(knowledge: Knowledge, fates: dict[str, dict[str, str]]) -> None:
    placed = _criteria_by_source_row(knowledge)
    counts = Counter(row["fate"] for row in fates.values())
    for source_row, fate in fates.items():
        expected = {fate["where"]} if fate["fate"] == "criterion" else set()
        assert placed.get(source_row, set()) == expected, f"{source_row}; {len(placed)} of {len(fates)}, fates {counts}"
    assert set(placed) <= set(fates), f"unknown source rows: {sorted(set(placed) - set(fates))}"


def test_it_gives_a_reason_for_every_row_without_a_criterion(fates: dict[str, dict[str, str]]) -> None:
    without = {name: row for name, row in fates.items() if row["fate"] != "criterion"}
    assert all(row["reason"] for row in without.values())
    assert len(without) == 26, f"{len(without)} rows without a criterion: {sorted(without)}"


def test_it_keeps_the_words_of_rows_that_became_notes(knowledge: Knowledge, fates: dict[str, dict[str, str]]) -> None:
    notes = {
        note.id
        for therapy in knowledge.therapies.values()
        for inclusion in therapy.inclusions
        for note in inclusion.notes
    }
    kept = {row["where"] for row in fates.values() if row["fate"] == "note"}
    assert kept <= notes, f"missing notes: {sorted(kept - notes)}"
