"""Sums of points: what each item may give, and what they may add up to. Knows no score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from service.clinical.scores.bands import bands, meaning
from service.clinical.scores.possible import Answer, Number, Word, answers

NOTHING = frozenset({Decimal(0)})


@dataclass(frozen=True, slots=True)
class Points:
    """`items` holds the points that are still possible for each item, by its name."""

    items: Mapping[str, frozenset[Decimal]]

    @property
    def totals(self) -> frozenset[Decimal]:
        return reduce(_sums, self.items.values(), NOTHING)

    @property
    def low(self) -> Decimal:
        return min(self.totals)

    @property
    def high(self) -> Decimal:
        return max(self.totals)

    @property
    def total(self) -> Decimal | None:
        """The sum, once every item is settled."""
        return self.low if self.low == self.high else None

    def groups(self, table: str) -> frozenset[str]:
        """Every group that a total may fall into, by the rows `total,points` of `table`."""
        by_total = bands(table, "total", "points")
        return frozenset(by_total.of(total) for total in self.totals)


def number_points(table: str, item: str, unit: str, value: Number) -> frozenset[Decimal]:
    """The points that are possible for a number in the unit it is reported in; KeyError for a unit without cut-offs."""
    return frozenset(map(Decimal, bands(table, item, unit).possible(value)))


def word_points(table: str, item: str, word: Word) -> frozenset[Decimal]:
    return frozenset(map(Decimal, meaning(table, item, word)))


def answer_points(answer: Answer, *, yes: int = 0, no: int = 0) -> frozenset[Decimal]:
    return frozenset(Decimal(yes if answered else no) for answered in answers(answer))


def _sums(one: frozenset[Decimal], other: frozenset[Decimal]) -> frozenset[Decimal]:
    return frozenset(a + b for a in one for b in other)
