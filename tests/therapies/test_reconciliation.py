"""The reconciliation page: complete, and true to the therapy files."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from service.rules.model import Knowledge

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "knowledge" / "reconciliation.md").read_text(encoding="utf-8")
FATES = ROOT / "tests" / "data" / "source_rows.csv"


def _section(title: str) -> list[list[str]]:
    """The rows of the table under a heading, without its head."""
    body = PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_it_names_only_thresholds_that_exist(knowledge: Knowledge) -> None:
    named = {name for name in re.findall(r"`([a-z0-9-]+\.[a-z0-9_]+)`", PAGE) if not name.endswith(".csv")}
    assert named <= set(knowledge.thresholds), sorted(named - set(knowledge.thresholds))


def test_it_counts_as_the_files_do(knowledge: Knowledge) -> None:
    counts = {row[0]: row[1] for row in _section("Counts")}
    criteria = {
        criterion.id
        for therapy in knowledge.therapies.values()
        for inclusion in therapy.inclusions
        for criterion in inclusion.criteria
    }
    assert counts["source rows"].startswith("643 ")
    assert counts["criteria"].startswith(f"{len(criteria)},")
    assert counts["thresholds"].startswith(f"{len(knowledge.thresholds)}:")
    assert counts["therapies, references"] == f"{len(knowledge.therapies)}, {len(knowledge.references)}"


def test_it_decides_every_doubt_conflict_and_merge() -> None:
    doubts = _section("Doubts and decisions")
    assert [row[0] for row in doubts] == [str(number) for number in range(1, 92)]
    assert all(row[3] for row in doubts)
    assert len(_section("Conflicts named by H")) == 32
    assert len(_section("Conflicts named by M")) == 30
    assert len(_section("Merged rows")) == 57


def test_it_lists_every_choice_of_weight_and_every_row_left_out(knowledge: Knowledge) -> None:
    choices = {name for name, threshold in knowledge.thresholds.items() if threshold.choices}
    assert {row[0].strip("`") for row in _section("Choices of weight")} == choices
    with FATES.open(encoding="utf-8", newline="") as file:
        without = {row["source_row"] for row in csv.DictReader(file) if row["fate"] != "criterion"}
    assert {row[0] for row in _section("Rows left out or kept as a note")} == without
