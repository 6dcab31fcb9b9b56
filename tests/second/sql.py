"""Runs the SQL over charts. Knows nothing of the service."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.second.drawing import Drawn, Numbers

STEPS = ("seen", "comparisons", "child_pugh", "albi", "meld", "bclc", "criteria", "findings")
SI = Decimal("17.1")
"""umol/L of bilirubin in a mg/dL (hcc.md 0.4); the tables hold bilirubin in umol/L."""
NEVER = Decimal(9_999_999)
"""Days since what never happened; longer than any minimum."""
GIVEN = """CREATE TABLE given (chart INTEGER, fact VARCHAR, lo DECIMAL(18, 6), hi DECIMAL(18, 6),
  lo_in BOOLEAN, hi_in BOOLEAN, vals VARCHAR[], age INTEGER, preliminary BOOLEAN, unit VARCHAR)"""

Table = dict[tuple[Any, ...], tuple[Any, ...]]


def answers(charts: Iterable[tuple[int, list[Drawn]]], folder: Path) -> dict[str, Table]:
    """Scores by chart; findings by chart, therapy and criterion; statuses by chart and therapy."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute(GIVEN)
    _load(connection, charts, folder / "given.csv")
    for step in STEPS:
        connection.execute((Path(__file__).parent / f"{step}.sql").read_text(encoding="utf-8"))
    return {
        "scores": _table(connection, 1, SCORES),
        "findings": _table(connection, 3, "SELECT chart, therapy, criterion, kind, outcome, missing FROM findings"),
        "statuses": _table(connection, 2, "SELECT chart, therapy, status FROM statuses"),
    }


SCORES = """SELECT chart, child_pugh.lo, child_pugh.hi, liver_function, albi_score.lo, albi_score.hi, malbi_grade,
  meld_3_0.lo, meld_3_0.hi, stages
  FROM child_pugh JOIN liver_function USING (chart, strict) JOIN albi USING (chart, strict)
  JOIN bclc USING (chart, strict) LEFT JOIN meld USING (chart, strict) WHERE NOT strict"""


def _table(connection: duckdb.DuckDBPyConnection, keys: int, query: str) -> Table:
    return {row[:keys]: row[keys:] for row in connection.execute(query).fetchall()}


def _load(connection: duckdb.DuckDBPyConnection, charts: Iterable[tuple[int, list[Drawn]]], path: Path) -> None:
    lines = (_line(number, drawn) for number, chart in charts for drawn in chart)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    connection.execute(f"COPY given FROM '{path}' (HEADER false, DELIMITER ';', NULL '')")


def _line(number: int, drawn: Drawn) -> str:
    low, high, low_in, high_in = _numbers(drawn)
    words = f"[{','.join(drawn.words)}]" if drawn.words else None
    fields = (number, drawn.name, low, high, low_in, high_in, words, drawn.age, drawn.preliminary, drawn.unit)
    return ";".join("" if field is None else str(field) for field in fields)


def _numbers(drawn: Drawn) -> Numbers:
    if drawn.words == ("never",):
        return NEVER, NEVER, True, True
    if drawn.name == "ecog":
        return Decimal(min(drawn.words)), Decimal(max(drawn.words)), True, True
    low, high, low_in, high_in = drawn.numbers or (None, None, True, True)
    if drawn.name == "bilirubin" and drawn.unit != "umol/L":
        low, high = (None if end is None else end * SI for end in (low, high))
    return low, high, low_in, high_in
