"""Finds absolute limits stricter than the relative limit on the same fact: the relative row could never speak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.clinical.compare import Op
from service.rules.model import Comparison, Criterion, Kind, Knowledge, Therapy, ThresholdValue

_UPPER = frozenset({Op.AT_MOST, Op.BELOW})
_LOWER = frozenset({Op.AT_LEAST, Op.ABOVE})
Values = Mapping[str, ThresholdValue]


@dataclass(frozen=True, slots=True)
class Crossed:
    absolute: str
    relative: str
    thresholds: tuple[str, ...]
    message: str
    same_file: bool
    """across files a therapy's own stricter row is a choice of its sources; within one file it is a slip"""

    @property
    def key(self) -> tuple[str, str]:
        return self.absolute, self.relative


def crossed(knowledge: Knowledge, values: Values) -> list[Crossed]:
    """Each pair of criteria once, whatever number of therapies holds both."""
    found = {each.key: each for therapy in knowledge.therapies.values() for each in _of(therapy, values)}
    return list(found.values())


def _of(therapy: Therapy, values: Values) -> Iterator[Crossed]:
    rows = [_Row(row, {*each.conditions, *row.only_if}) for each in therapy.inclusions for row in each.criteria]
    absolute = [row for row in rows if row.kind(values) is Kind.ABSOLUTE and row.test is not None]
    relative = [row for row in rows if row.kind(values) is Kind.RELATIVE and row.test is not None]
    names = {row.criterion.id for row in absolute}
    for lax in (row for row in relative if names.isdisjoint(row.criterion.replaces)):  # else it is an exception to one
        replaced = {name for row in rows if row.conditions <= lax.conditions for name in row.criterion.replaces}
        for strict in absolute:
            if strict.criterion.id not in replaced and strict.conditions <= lax.conditions:
                yield from _crossed(strict.criterion, lax.criterion, values)


@dataclass(frozen=True, slots=True)
class _Row:
    """A criterion with every condition under which it speaks."""

    criterion: Criterion
    conditions: set[Comparison]

    @property
    def test(self) -> Comparison | None:
        return self.criterion.tests[0] if len(self.criterion.tests) == 1 else None

    def kind(self, values: Values) -> Kind:
        name = self.criterion.kind_threshold
        return self.criterion.kind if name is None else Kind(str(values[name]))


def _number(test: Comparison, values: Values) -> Decimal:
    limit = test.limit if test.threshold is None else values[test.threshold]
    if isinstance(limit, Decimal):
        return limit
    raise TypeError(f"{test.fact} {test.op} compares numbers")


def _stricter(one: Comparison, other: Comparison, values: Values) -> bool:
    first, second = _number(one, values), _number(other, values)
    return first < second if one.op in _UPPER else first > second


def _crossed(strict: Criterion, lax: Criterion, values: Values) -> Iterator[Crossed]:
    one, other = strict.tests[0], lax.tests[0]
    same_side = {one.op, other.op} <= _UPPER or {one.op, other.op} <= _LOWER
    if one.fact != other.fact or not same_side or not _stricter(one, other, values):
        return
    limits = f"{_number(one, values)} and {_number(other, values)}"
    message = f"{one.fact}: absolute limit of {strict.id} is stricter than relative limit of {lax.id} ({limits})"
    names = tuple(name for name in (one.threshold, other.threshold) if name is not None)
    yield Crossed(strict.id, lax.id, names, message, strict.module == lax.module)
