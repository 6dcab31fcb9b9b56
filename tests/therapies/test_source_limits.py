"""Kind, missing rule, time and range of every row that stands alone for a row of the documents, held to a copy of them.

Rows merged from two documents are in the reconciliation page. `decided` gives the reason where a row differs.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from service.rules.loader import load
from service.rules.model import Criterion, Threshold

LIMITS = Path(__file__).parent.parent / "data" / "source_limits.csv"
KNOWLEDGE = load()
DAYS = {"mo": Decimal("30.44"), "wk": Decimal(7)}


def _rows() -> list[dict[str, str]]:
    with LIMITS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _criteria() -> dict[str, Criterion]:
    return {
        source_row: criterion
        for therapy in KNOWLEDGE.therapies.values()
        for inclusion in therapy.inclusions
        for criterion in inclusion.criteria
        for source_row in criterion.source_rows
    }


ROWS, CRITERIA = _rows(), _criteria()


def _numbers(criterion: Criterion) -> list[Threshold]:
    names = [each.threshold for each in (*criterion.tests, *criterion.only_if) if each.threshold is not None]
    return [KNOWLEDGE.thresholds[name] for name in names if not KNOWLEDGE.thresholds[name].choices]


def _as_written(threshold: Threshold, row: dict[str, str]) -> bool:
    """Default and range are those of the row; months written as days may be rounded to a whole day."""
    days = DAYS.get(row["unit"], Decimal(1)) if threshold.unit == "d" else Decimal(1)
    slack = 1 if row["unit"] == "mo" and threshold.unit == "d" else 0
    assert threshold.range is not None
    ours = (Decimal(threshold.default), *threshold.range)
    theirs = (Decimal(row[name]) * days for name in ("default", "low", "high"))
    return all(abs(mine - given) <= slack for mine, given in zip(ours, theirs, strict=True))


def _differs(row: dict[str, str]) -> list[str]:
    criterion = CRITERIA[row["source_row"]]
    ours = {"kind": criterion.kind.value, "missing": criterion.missing.value, "when": criterion.when.value}
    numbers = _numbers(criterion)
    wrong = [name for name, value in ours.items() if value != row[name]]
    if bool(numbers) != bool(row["default"]):
        wrong.append("configurable")
    elif numbers and not any(_as_written(threshold, row) for threshold in numbers):
        wrong.append("range")
    return wrong


def test_it_holds_the_rows_that_stand_for_one_row_of_a_document() -> None:
    alone = {row for row, criterion in CRITERIA.items() if len(criterion.source_rows) == 1}
    assert {row["source_row"] for row in ROWS} == alone
    assert len(ROWS) == 509


@pytest.mark.parametrize("row", ROWS, ids=[row["source_row"] for row in ROWS])
def test_it_says_what_the_document_says_unless_otherwise_decided(row: dict[str, str]) -> None:
    assert bool(_differs(row)) == bool(row["decided"]), _differs(row)
