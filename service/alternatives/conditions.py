"""Reads conditions of rules: the comparisons of criteria, and `fact: is unknown`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from service.clinical.dictionary import FACTS
from service.rules.cells import Cell
from service.rules.comparisons import Placed, Scope, fact_definition, read_conditions
from service.rules.literals import UNITLESS
from service.rules.model import Comparison, Threshold

IS_UNKNOWN = "is unknown"
_SCOPE = Scope("alternatives")


@dataclass(frozen=True, slots=True)
class Conditions:
    comparisons: tuple[Comparison, ...] = ()
    unknown: tuple[str, ...] = ()


def read_when(cell: Cell, thresholds: Mapping[str, Threshold]) -> Conditions:
    """`{fact: {above: 2 mg/dL}, other: is unknown}`."""
    if not isinstance(cell.node, yaml.MappingNode):
        return Conditions(read_comparisons(cell, thresholds))
    words = [pair for pair in cell.node.value if isinstance(pair[1], yaml.ScalarNode)]
    tests = [pair for pair in cell.node.value if pair not in words]
    return Conditions(
        read_comparisons(_only(tests, cell), thresholds),
        tuple(filter(None, (_unknown(name, word) for name, word in _only(words, cell).table().items()))),
    )


def read_comparisons(cell: Cell, thresholds: Mapping[str, Threshold]) -> tuple[Comparison, ...]:
    """A conjunction of comparisons with literals or with thresholds of criteria ("sbrt.max_bilirubin_sbrt")."""
    placed = read_conditions(cell, _SCOPE)
    return tuple(each.comparison for each in placed if _fits(each, cell, thresholds))


def _only(pairs: list[tuple[yaml.Node, yaml.Node]], cell: Cell) -> Cell:
    return Cell(yaml.MappingNode("", pairs, cell.node.start_mark, cell.node.end_mark), cell.sheet, cell.key)


def _unknown(name: str, word: Cell) -> str:
    key = word if word.key is None else Cell(word.key, word.sheet)
    known_fact = fact_definition(key, name) is not None
    return name if word.word((IS_UNKNOWN,), "a comparison is needed") and known_fact else ""


def _fits(placed: Placed, cell: Cell, thresholds: Mapping[str, Threshold]) -> bool:
    """Whether the named threshold exists and counts what the fact counts."""
    name = placed.comparison.threshold
    if name is None:
        return True
    threshold, unit = thresholds.get(name), FACTS[placed.comparison.fact].unit
    if threshold is None:
        cell.refuse("neither a number nor a threshold of a criterion", name, tuple(thresholds))
    elif threshold.choices or (threshold.unit != unit and not {threshold.unit, unit} <= UNITLESS):
        cell.refuse(f"threshold does not fit {placed.comparison.fact} ({unit or 'no unit'})", name)
    else:
        return True
    return False
