"""Reads rules/groups.yaml: words for orders and what all rules share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from service.alternatives.conditions import read_comparisons
from service.alternatives.model import Combination, Groups
from service.clinical.dictionary import FACTS
from service.rules.cells import Cell
from service.rules.model import Threshold

_KEYS = ("files", "orders", "combinations", "staged first", "only of this order")
_COMBINATION_KEYS = ("orders", "if")


def read_groups(cell: Cell, therapies: Collection[str], thresholds: Mapping[str, Threshold]) -> Groups:
    table = cell.table(_KEYS)
    for key in _KEYS:
        if key not in table:
            cell.refuse(f"file without {key}", "", _KEYS)
    rows = table["combinations"].table() if "combinations" in table else {}
    words = table["orders"].table() if "orders" in table else {}
    orders = {name: read_orders(row, {}, {*therapies, *rows}) for name, row in words.items()}
    return Groups(
        files=table["files"].words() if "files" in table else (),
        orders=orders,
        combinations={name: _combination(row, orders, therapies, thresholds) for name, row in rows.items()},
        staged_first=_facts(table.get("staged first")),
        only_this_order=frozenset(_facts(table.get("only of this order"))),
    )


def read_orders(cell: Cell, groups: Mapping[str, frozenset[str]], single: Collection[str]) -> frozenset[str]:
    """The orders that a list of groups and therapies stands for."""
    allowed = (*groups, *single)
    names = [name for item in cell.items() if (name := item.word(allowed, "neither a therapy nor a group of orders"))]
    return _joined(groups.get(name, frozenset({name})) for name in names)


def _joined(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _combination(
    cell: Cell, groups: Mapping[str, frozenset[str]], therapies: Collection[str], thresholds: Mapping[str, Threshold]
) -> Combination:
    table = cell.table(_COMBINATION_KEYS)
    return Combination(
        orders=read_orders(table["orders"], groups, therapies) if "orders" in table else frozenset(),
        conditions=read_comparisons(table["if"], thresholds) if "if" in table else (),
    )


def _facts(cell: Cell | None) -> tuple[str, ...]:
    return () if cell is None else tuple(filter(None, (item.word(FACTS, "unknown fact") for item in cell.cells())))
