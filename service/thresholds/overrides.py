"""Thresholds as an administrator sets them: defaults, values put over them, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from service.rules.cells import Cell, read_cell
from service.rules.crosscheck import crossed
from service.rules.literals import NUMBER
from service.rules.model import Knowledge, Threshold, ThresholdValue
from service.rules.problems import KnowledgeError, Place, Problem
from service.thresholds.sets import ThresholdSet, defaults

Places = Mapping[str, Place]
_NOWHERE = "thresholds"


def apply(knowledge: Knowledge, overrides: Mapping[str, str], places: Places | None = None) -> ThresholdSet:
    """Defaults with `overrides` (threshold id -> value as text) put over them.

    Raises KnowledgeError listing every unknown id, value that is no number or choice, value outside the range, label
    threshold made laxer, and absolute limit stricter than the relative one. `places` says where each id stands.
    """
    where = places or {}
    problems: list[Problem] = []
    values = dict(defaults(knowledge).values)
    for name, text in overrides.items():
        place = where.get(name, Place(_NOWHERE))
        if name not in knowledge.thresholds:
            problems.append(Problem(place, "unknown threshold", name, tuple(knowledge.thresholds)))
        else:
            values[name] = _value(knowledge.thresholds[name], text, place, problems)
    if not problems:
        problems += _cross_problems(knowledge, values, where)
    if problems:
        raise KnowledgeError(problems)
    return ThresholdSet.of(values)


def read_overrides(path: Path) -> tuple[dict[str, str], dict[str, Place]]:
    """The file `thresholds.yaml`, a mapping of id to value, and where each id stands; raises KnowledgeError."""
    problems: list[Problem] = []
    root = read_cell(path, str(path), problems, may_be_empty=True)
    table: dict[str, Cell] = {} if root is None else root.table()
    overrides = {name: cell.text() for name, cell in table.items()}
    if problems:
        raise KnowledgeError(problems)
    return overrides, {name: cell.key_place for name, cell in table.items()}


def from_file(knowledge: Knowledge, path: Path) -> ThresholdSet:
    """The threshold set that the administrators' file gives; raises KnowledgeError."""
    overrides, places = read_overrides(path)
    return apply(knowledge, overrides, places)


def _value(threshold: Threshold, text: str, place: Place, problems: list[Problem]) -> ThresholdValue:
    value = (
        _choice(threshold, text, place, problems) if threshold.choices else _number(threshold, text, place, problems)
    )
    if threshold.label and is_laxer(threshold, value):
        message = f"{threshold.id} comes from a label: it may only become stricter than {threshold.default}"
        problems.append(Problem(place, message, text))
    return value


def is_laxer(threshold: Threshold, value: ThresholdValue) -> bool:
    """Whether `value` lets pass what the default does not."""
    if isinstance(value, str) or isinstance(threshold.default, str):
        return threshold.choices.index(str(value)) > threshold.choices.index(str(threshold.default))
    return value > threshold.default if threshold.stricter == "lower" else value < threshold.default


def _choice(threshold: Threshold, text: str, place: Place, problems: list[Problem]) -> ThresholdValue:
    if text in threshold.choices:
        return text
    problems.append(Problem(place, f"{threshold.id} is a choice", text, threshold.choices))
    return threshold.default


def _number(threshold: Threshold, text: str, place: Place, problems: list[Problem]) -> ThresholdValue:
    plain = text.removesuffix(f" {threshold.unit}") if threshold.unit else text
    if NUMBER.fullmatch(plain) is None:
        problems.append(Problem(place, f"{threshold.id} is a number in {threshold.unit or '1'}", text))
        return threshold.default
    value = Decimal(plain)
    if threshold.range is not None and not threshold.range[0] <= value <= threshold.range[1]:
        low, high = threshold.range
        problems.append(Problem(place, f"{threshold.id} is outside its range {low} to {high} {threshold.unit}", text))
        return threshold.default
    return value


def _cross_problems(knowledge: Knowledge, values: Mapping[str, ThresholdValue], where: Places) -> list[Problem]:
    """Contradictions that the overrides cause; those of the defaults are the files' own."""
    before = {each.key for each in crossed(knowledge, dict(defaults(knowledge).values))}
    return [
        Problem(next((where[name] for name in each.thresholds if name in where), Place(_NOWHERE)), each.message)
        for each in crossed(knowledge, values)
        if each.key not in before
    ]
