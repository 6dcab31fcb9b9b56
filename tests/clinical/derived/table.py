"""The tables of computed facts beside this file: rows of given facts and of what is computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Interval, State, Value, known, unknown

TODAY = date(2026, 11, 1)
FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Row:
    """One row of a table: `given` and `expect` as written."""

    fact: str
    given: Mapping[str, Any]
    expect: Any
    marks: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, Fact]:
        return {name: read(name, written) for name, written in self.given.items()}


def read(name: str, written: Any) -> Fact:
    """ "2.4", [B, C], "<3", unknown, or a mapping with value, age and reported."""
    if isinstance(written, dict):
        on = TODAY - timedelta(days=int(written.get("age", 0)))
        return _dated(name, written["value"], on, written.get("reported"))
    return _dated(name, written, TODAY, None)


def _dated(name: str, written: Any, on: date, reported: str | None) -> Fact:
    if isinstance(written, list):
        values = tuple(value_of(name, each) for each in written)
        return Fact(name, State.ONE_OF, values=values, on=on)
    if written == "unknown":
        return unknown(name)
    if written[0] in "<>":
        return Fact(name, State.INTERVAL, interval=_interval(written), on=on)
    return known(name, value_of(name, written), on=on, reported=reported)


def _interval(written: str) -> Interval:
    included = written[1] == "="
    number = Decimal(written.lstrip("<>="))
    if written[0] == "<":
        return Interval(high=number, high_included=included)
    return Interval(low=number, low_included=included)


def is_number(name: str) -> bool:
    return FACTS[name].is_number if name in FACTS else bool(AUXILIARY[name].unit)


def is_answer(name: str) -> bool:
    if name in FACTS:
        return FACTS[name].type == "boolean"
    return not AUXILIARY[name].unit and not AUXILIARY[name].values


def value_of(name: str, written: str) -> Value:
    if is_number(name):
        return Decimal(written)
    return {"yes": True, "no": False}[written] if is_answer(name) else written


def rows() -> list[Row]:
    tables = [
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) for path in sorted(FOLDER.glob("*.yaml"))
    ]
    return [
        Row(row["fact"], row.get("given") or {}, row["expect"], tuple(row.get("marks", ())))
        for table in tables
        for row in table
    ]


ROWS = rows()
ROW_IDS = [f"{row.fact}-{number}" for number, row in enumerate(ROWS)]
