"""Decision tables of the scores: which band of a number, or which word, gives which result. Knows no score.

The tables are the CSV files of service/tables. A row reads `item,unit,above,at_least,at_most,below,result` for numbers
(an empty field is no limit) and `item,word,result` for words.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise

from service.clinical.scores.possible import Number, Word, contains, samples, words
from service.clinical.values import Interval


@dataclass(frozen=True, slots=True)
class Band:
    interval: Interval
    result: str


@dataclass(frozen=True, slots=True)
class Bands:
    """One item in one unit: bands in ascending order, without gaps or overlaps (`faults` finds them)."""

    rows: tuple[Band, ...]

    @property
    def cuts(self) -> tuple[Decimal, ...]:
        ends = {end for row in self.rows for end in (row.interval.low, row.interval.high) if end is not None}
        return tuple(sorted(ends))

    def of(self, value: Decimal) -> str:
        """The result for one value."""
        return next(row.result for row in self.rows if contains(row.interval, value))

    def possible(self, number: Number) -> frozenset[str]:
        """Every result that is still possible."""
        return frozenset(self.of(value) for value in samples(number, self.cuts))


@cache
def bands(table: str, item: str, unit: str) -> Bands:
    """KeyError when the table has no such item in this unit: a value is never judged in another unit family."""
    found = [row for row in table_rows(table) if row["item"] == item and row["unit"] == unit]
    if not found:
        raise KeyError(f"{table}: no bands for {item} in {unit or 'no unit'}")
    return Bands(tuple(Band(_interval(row), row["result"]) for row in found))


@cache
def meanings(table: str, item: str) -> dict[str, str]:
    """Results by word."""
    return {row["word"]: row["result"] for row in table_rows(table) if row["item"] == item}


def meaning(table: str, item: str, word: Word) -> frozenset[str]:
    """Every result that is still possible for a coded item."""
    results = meanings(table, item)
    return frozenset(results[known] for known in words(word, results))


def faults(rows: Iterable[Band]) -> tuple[str, ...]:
    """Gaps and overlaps between neighbouring bands, and missing outer bands, in words; empty when there are none."""
    ordered = tuple(rows)
    found = [] if ordered and ordered[0].interval.low is None else ["nothing covers the lowest values"]
    found += [] if ordered and ordered[-1].interval.high is None else ["nothing covers the highest values"]
    found += [f"nothing lies in {row.interval}" for row in ordered if _is_empty(row.interval)]
    return (*found, *filter(None, (_seam(a.interval, b.interval) for a, b in pairwise(ordered))))


def _is_empty(interval: Interval) -> bool:
    return interval.low is not None and interval.high is not None and interval.low > interval.high


def _seam(lower: Interval, upper: Interval) -> str:
    if lower.high is None or upper.low is None or lower.high > upper.low:
        return f"overlap at {lower.high if upper.low is None else upper.low}"
    if lower.high < upper.low:
        return f"gap between {lower.high} and {upper.low}"
    if lower.high_included and upper.low_included:
        return f"overlap at {lower.high}"
    return "" if lower.high_included or upper.low_included else f"gap at {lower.high}"


def _interval(row: dict[str, str]) -> Interval:
    return Interval(
        low=_limit(row["at_least"] or row["above"]),
        high=_limit(row["at_most"] or row["below"]),
        low_included=not row["above"],
        high_included=not row["below"],
    )


def _limit(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@cache
def table_rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of service/tables/<table>.csv."""
    text = resources.files("service.tables").joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
