"""Reads one alternative of a rule. What does not fit is refused at its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.alternatives.conditions import read_comparisons
from service.alternatives.model import THIS_ORDER, Groups, Named
from service.rules.cells import Cell
from service.rules.model import Reference, Therapy, Threshold

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


def read_named(cell: Cell, words: Vocabulary) -> Named:
    table = cell.table(NAMED_KEYS)
    if "text" not in table:
        cell.refuse("alternative without text", "", NAMED_KEYS)
    named = Named(
        text=table["text"].text() if "text" in table else "",
        therapies=read_words(table.get("therapy"), words.single, "unknown therapy"),
        same_as=frozenset(read_words(table.get("same as"), words.single, "unknown therapy")),
        limits_of=read_words(table.get("limits of"), (THIS_ORDER, *words.therapies), "unknown therapy"),
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


def read_words(cell: Cell | None, allowed: Mapping[str, object] | tuple[str, ...], message: str) -> tuple[str, ...]:
    return () if cell is None else tuple(filter(None, (item.word(allowed, message) for item in cell.items())))
