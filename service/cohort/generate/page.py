"""docs/cohort.md, written from the tables that the generator draws from, so that it cannot fall behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from service.cohort.generate.numbers import DAYS, POINTS
from service.cohort.generate.table import Row, rows_of
from service.knowledge_pages.markdown import page, section, table

_NUMBERS = ("name", "given", *(point for point, _ in POINTS), "unit", "source")
_TABLES: Sequence[tuple[str, str, Sequence[str]]] = (
    ("Sorts of patients, and facts in words", "choices", ("name", "given", "value", "per_cent", "source")),
    ("Facts in numbers and days", "numbers", _NUMBERS),
    ("Mess", "mess", ("kind", "of", "usual", "messy", "what", "seen", "source")),
    ("Spellings of units", "spellings", ("unit", "spelling", "source")),
    ("Other units", "other_units", ("code", "unit", "multiply", "other_unit", "other_code", "source")),
)


def cohort_page() -> str:
    """The whole page."""
    parts = [section(title, table(columns, _cells(name, columns))) for title, name, columns in _TABLES]
    return page("Cohorts of synthetic patients", _introduction(), section("Orders", _orders()), *parts)


def _introduction() -> list[str]:
    return [*Path(__file__).with_name("introduction.md").read_text(encoding="utf-8").splitlines(), ""]


def _orders() -> list[str]:
    rows = rows_of("orders")
    total = sum((Decimal(row["weight"]) for row in rows), Decimal(0))
    columns = ("therapy", "starts from", "code of the order", "share", "source")
    return table(columns, ([*_order(row), _share(row, total), row["source"]] for row in rows))


def _order(row: Row) -> Sequence[str]:
    return row["therapy"], row["patient"], f"{row['system']} {row['code']}".strip() or "the project's own"


def _share(row: Row, total: Decimal) -> str:
    return f"{100 * Decimal(row['weight']) / total:.1f} %"


def _cells(name: str, columns: Sequence[str]) -> Iterable[Sequence[str]]:
    return ([_cell(row, column) for column in columns] for row in rows_of(name))


def _cell(row: Row, column: str) -> str:
    text = row[column]
    if column == "name" and text.startswith(DAYS):
        return f"days since {text.removeprefix(DAYS)} was recorded"
    return text
