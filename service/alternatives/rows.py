"""Reads one file of rules for alternatives. The vocabulary is closed; what does not fit is refused at its place."""

from __future__ import annotations

from service.alternatives.conditions import Conditions, read_when
from service.alternatives.groups import read_orders
from service.alternatives.model import Rule
from service.alternatives.named_rows import Vocabulary, read_named, read_words
from service.rules.cells import Cell

ANY = "any"
TUMOUR = "target_tumour"
RULE_KEYS = ("id", "orders", "when", "alternatives", "cite")


def read_rules(cell: Cell, words: Vocabulary) -> tuple[Rule, ...]:
    return tuple(_rule(row, words) for row in cell.cells())


def _rule(cell: Cell, words: Vocabulary) -> Rule:
    table = cell.table(RULE_KEYS)
    for key in RULE_KEYS:
        if key not in table:
            cell.refuse(f"rule without {key}", "", RULE_KEYS)
    when = read_when(table["when"], words.thresholds) if "when" in table else Conditions()
    rows = table["alternatives"].cells() if "alternatives" in table else []
    return Rule(
        id=table["id"].text() if "id" in table else "",
        orders=_orders(table["orders"], words) if "orders" in table else frozenset(),
        when=when.comparisons,
        unknown=when.unknown,
        named=tuple(read_named(row, words) for row in rows),
        cite=read_words(table.get("cite"), words.references, "citation is in neither references.yaml"),
        for_tumour=any(comparison.fact == TUMOUR for comparison in when.comparisons),
    )


def _orders(cell: Cell, words: Vocabulary) -> frozenset[str] | None:
    if cell.is_scalar and cell.text() == ANY:
        return None
    return read_orders(cell, words.groups.orders, words.single)
