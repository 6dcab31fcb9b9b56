"""Reads one file of rules for alternatives. The vocabulary is closed; what does not fit is refused at its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.alternatives.conditions import Conditions, read_comparisons, read_when
from service.alternatives.groups import read_orders
from service.alternatives.model import THIS_ORDER, Groups, Named, Rule
from service.rules.cells import Cell
from service.rules.model import Reference, Therapy, Threshold

ANY = "any"
TUMOUR = "target_tumour"
RULE_KEYS = ("id", "orders", "when", "alternatives", "cite")
NAMED_KEYS = ("text", "therapy", "same as", "limits of", "only if")
_PLACEHOLDER = re.compile(r"\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that rules may use."""

    groups: Groups
    therapies: Mapping[str, Therapy]
    thresholds: Mapping[str, Threshold]
    references: Mapping[str, Reference]

    @property
    def single(self) -> tuple[str, ...]:
        """Therapies and combinations of them."""
        return (*self.therapies, *self.groups.combinations)


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
        named=tuple(_named(row, words) for row in rows),
        cite=_words(table.get("cite"), words.references, "citation is in neither references.yaml"),
        for_tumour=any(comparison.fact == TUMOUR for comparison in when.comparisons),
    )


def _orders(cell: Cell, words: Vocabulary) -> frozenset[str] | None:
    if cell.is_scalar and cell.text() == ANY:
        return None
    return read_orders(cell, words.groups.orders, words.single)


def _named(cell: Cell, words: Vocabulary) -> Named:
    table = cell.table(NAMED_KEYS)
    if "text" not in table:
        cell.refuse("alternative without text", "", NAMED_KEYS)
    named = Named(
        text=table["text"].text() if "text" in table else "",
        therapies=_words(table.get("therapy"), words.single, "unknown therapy"),
        same_as=frozenset(_words(table.get("same as"), words.single, "unknown therapy")),
        limits_of=_words(table.get("limits of"), (THIS_ORDER, *words.therapies), "unknown therapy"),
        only_if=read_comparisons(table["only if"], words.thresholds) if "only if" in table else (),
    )
    _check(named, cell, words)
    return named


def _check(named: Named, cell: Cell, words: Vocabulary) -> None:
    facts = {comparison.fact for comparison in named.only_if}
    for name in _PLACEHOLDER.findall(named.text):
        if name not in facts:
            cell.refuse("no condition of this alternative has such a limit", name, sorted(facts))
    combined = [name for name in named.therapies if name in words.groups.combinations]
    if combined and not named.limits_of:
        cell.refuse("a combination needs limits of", combined[0], NAMED_KEYS)


def _words(cell: Cell | None, allowed: Mapping[str, object] | tuple[str, ...], message: str) -> tuple[str, ...]:
    return () if cell is None else tuple(filter(None, (item.word(allowed, message) for item in cell.items())))
