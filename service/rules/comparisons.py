"""Reads comparisons: a fact, one operator that fits its type, and a literal or the name of a threshold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from service.clinical.compare import NUMERIC, Limit, Op
from service.clinical.dictionary import FACTS, FactDefinition
from service.rules.cells import Cell
from service.rules.literals import number
from service.rules.model import Comparison
from service.rules.problems import Place

OPERATORS = tuple(op.value for op in Op)
_EQUALITY = (Op.IS, Op.IS_NOT)
_MEMBERSHIP = (Op.ONE_OF, Op.NOT_ONE_OF)
FITTING: dict[str, tuple[Op, ...]] = {
    "quantity": tuple(sorted(NUMERIC)),
    "date_age": tuple(sorted(NUMERIC)),
    "integer": (*sorted(NUMERIC), *_EQUALITY),
    "coded": (*_EQUALITY, *_MEMBERSHIP),
    "boolean": _EQUALITY,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A comparison and where its limit stands, so that a threshold not defined can be shown in place."""

    comparison: Comparison
    place: Place


@dataclass(frozen=True, slots=True)
class Scope:
    """Names of thresholds as one file sees them: its own short names become "<file id>.<name>"."""

    file_id: str
    thresholds: Collection[str] = ()

    def threshold(self, name: str) -> str:
        return name if "." in name else f"{self.file_id}.{name}"


def fact_definition(cell: Cell, name: str) -> FactDefinition | None:
    definition = FACTS.get(name)
    if definition is None and name:
        cell.refuse("unknown fact", name, tuple(FACTS))
    return definition


def read_comparison(row: dict[str, Cell], place: Cell, scope: Scope) -> list[Placed]:
    """The comparison that a row with `fact:` and exactly one operator states; empty after a problem."""
    if "fact" not in row:
        place.refuse("a fact is needed here", "", ("fact",))
        return []
    definition = fact_definition(row["fact"], row["fact"].text())
    used = [name for name in OPERATORS if name in row]
    if len(used) != 1:
        place.refuse("exactly one comparison is needed", ", ".join(used), OPERATORS)
        return []
    return [] if definition is None else _comparison(definition, used[0], row[used[0]], scope)


def read_conditions(cell: Cell, scope: Scope) -> list[Placed]:
    """A conjunction: `{fact: {is: x}, other: {at least: 30, below: 45}}`."""
    found: list[Placed] = []
    for name, tests in cell.table().items():
        key = Cell(tests.key, tests.sheet) if tests.key is not None else tests
        definition = fact_definition(key, name)
        table = tests.table(OPERATORS)
        if definition is None:
            continue
        if not table:
            tests.refuse(f"a comparison of {name} is needed", "", OPERATORS)
        for op, limit in table.items():
            found += _comparison(definition, op, limit, scope)
    return found


def _comparison(definition: FactDefinition, word: str, cell: Cell, scope: Scope) -> list[Placed]:
    op = Op(word)
    fitting = FITTING[definition.type]
    if op not in fitting:
        cell.refuse_key(f"does not fit {definition.name} ({definition.type})", word, fitting)
        return []
    if op in _MEMBERSHIP:
        limits = [limit for item in cell.items() if isinstance(limit := _literal(definition, item), str)]
        return [Placed(Comparison(definition.name, op, tuple(limits)), cell.place)]
    limit, threshold = _limit(definition, cell, scope)
    if limit is None and threshold is None:
        return []
    return [Placed(Comparison(definition.name, op, limit, threshold), cell.place)]


def _limit(definition: FactDefinition, cell: Cell, scope: Scope) -> tuple[Limit | None, str | None]:
    text = cell.text()
    if not text:
        return None, None
    if definition.is_number:
        literal = number(cell, definition)
        return (literal, None) if literal is not None else (None, scope.threshold(text))
    if definition.type == "coded" and text not in definition.values and (text in scope.thresholds or "." in text):
        return None, scope.threshold(text)
    return _literal(definition, cell), None


def _literal(definition: FactDefinition, cell: Cell) -> Limit | None:
    if definition.is_number:
        literal = number(cell, definition)
        if literal is None:
            cell.refuse(f"{definition.name} is a number", cell.text())
        return literal
    if definition.type == "boolean":
        return cell.flag()
    return cell.word(definition.values, f"not a value of {definition.name}") or None
