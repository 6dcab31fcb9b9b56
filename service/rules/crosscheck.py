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

    @property
    def key(self) -> tuple[str, str]:
        return self.absolute, self.relative


def crossed(knowledge: Knowledge, values: Values) -> list[Crossed]:
    """Each pair of criteria once, whatever number of therapies holds both."""
    found = {each.key: each for therapy in knowledge.therapies.values() for each in _of(therapy, values)}
    return list(found.values())


def _of(therapy: Therapy, values: Values) -> Iterator[Crossed]:
    rows = [row for inclusion in therapy.inclusions for row in inclusion.criteria if len(row.tests) == 1]
    relative = [row for row in rows if _kind(row, values) is Kind.RELATIVE]
    for strict in (row for row in rows if _kind(row, values) is Kind.ABSOLUTE):
        for lax in relative:
            if _comparable(strict, lax) and _stricter(strict.tests[0], lax.tests[0], values):
                yield _crossed(strict, lax, values)


def _kind(row: Criterion, values: Values) -> Kind:
    return row.kind if row.kind_threshold is None else Kind(str(values[row.kind_threshold]))


def _comparable(strict: Criterion, lax: Criterion) -> bool:
    """Same fact, same side, and the absolute row applies at least wherever the relative one does."""
    one, other = strict.tests[0], lax.tests[0]
    same_side = {one.op, other.op} <= _UPPER or {one.op, other.op} <= _LOWER
    return one.fact == other.fact and same_side and set(strict.only_if) <= set(lax.only_if)


def _number(test: Comparison, values: Values) -> Decimal:
    limit = test.limit if test.threshold is None else values[test.threshold]
    if isinstance(limit, Decimal):
        return limit
    raise TypeError(f"{test.fact} {test.op} compares numbers")


def _stricter(one: Comparison, other: Comparison, values: Values) -> bool:
    first, second = _number(one, values), _number(other, values)
    return first < second if one.op in _UPPER else first > second


def _crossed(strict: Criterion, lax: Criterion, values: Values) -> Crossed:
    one, other = strict.tests[0], lax.tests[0]
    limits = f"{_number(one, values)} and {_number(other, values)}"
    message = f"{one.fact}: absolute limit of {strict.id} is stricter than relative limit of {lax.id} ({limits})"
    names = tuple(name for name in (one.threshold, other.threshold) if name is not None)
    return Crossed(strict.id, lax.id, names, message)
