"""Checks thresholds against the comparisons that name them: defined, used, and in the unit of their fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from service.clinical.compare import NUMERIC, Op
from service.clinical.dictionary import FACTS, FactDefinition
from service.rules.comparisons import Placed
from service.rules.literals import UNITLESS
from service.rules.model import Threshold
from service.rules.problems import Place, Problem
from service.rules.sources import Library, SourceFile, ThresholdRow


def threshold_problems(library: Library) -> Iterator[Problem]:
    rows = {row.threshold.id: row for file in library.files for row in file.thresholds.values()}
    used = {row_id for file in library.files for row_id in kind_thresholds(file)}
    for file in library.files:
        for placed in compared(file):
            name = placed.comparison.threshold
            if name is not None:
                used.add(name)
                yield from _fit(placed, name, file, rows, library)
    used |= {own for therapy in library.therapies.values() for own in redeclared(therapy, library).values()}
    for row_id, row in rows.items():
        if row_id not in used:
            yield Problem(row.place, "threshold that nobody uses", row_id.rpartition(".")[2])


def compared(file: SourceFile) -> Iterator[Placed]:
    """Every comparison of a file: tests, conditions, and those of its includes and notes."""
    for criterion in file.criteria:
        yield from criterion.compared
    for note in file.notes:
        yield from note.compared
    for include in file.includes:
        yield from include.conditions


def kind_thresholds(file: SourceFile) -> Iterator[str]:
    return (row.criterion.kind_threshold for row in file.criteria if row.criterion.kind_threshold is not None)


def redeclared(therapy: SourceFile, library: Library) -> dict[str, str]:
    """Ids of module thresholds -> ids of the therapy's own thresholds that take their place."""
    return {
        row.threshold.id: therapy.thresholds[name].threshold.id
        for include in therapy.includes
        if include.module in library.modules
        for name, row in library.modules[include.module].thresholds.items()
        if name in therapy.thresholds
    }


def _fit(
    placed: Placed, name: str, file: SourceFile, rows: Mapping[str, ThresholdRow], library: Library
) -> Iterator[Problem]:
    row = rows.get(name)
    if row is None:
        yield _undefined(placed.place, name, file, rows)
        return
    owner = name.partition(".")[0]
    reachable = {file.id, *(include.module for include in file.includes)}
    if owner not in reachable and not (file.is_module and owner in library.modules):
        yield Problem(placed.place, "threshold of a module that is not included", name, tuple(sorted(reachable)))
    yield from _threshold_fits(row, placed, FACTS[placed.comparison.fact])
    for own_id in _replacements(name, library):
        yield from _threshold_fits(rows[own_id], placed, FACTS[placed.comparison.fact])


def _replacements(name: str, library: Library) -> Iterable[str]:
    owns = (redeclared(therapy, library).get(name) for therapy in library.therapies.values())
    return (own for own in owns if own is not None)


def _undefined(place: Place, name: str, file: SourceFile, rows: Mapping[str, ThresholdRow]) -> Problem:
    owner, _, short = name.partition(".")
    if owner == file.id:
        return Problem(place, "neither a number nor a threshold of this file", short, tuple(file.thresholds))
    return Problem(place, "threshold is not defined", name, tuple(rows))


def _threshold_fits(row: ThresholdRow, placed: Placed, definition: FactDefinition) -> Iterator[Problem]:
    threshold = row.threshold
    op = placed.comparison.op
    if definition.is_number:
        yield from _number_fits(row, definition, placed)
        return
    wrong = [choice for choice in threshold.choices if choice not in definition.values]
    if not threshold.choices or wrong:
        word = wrong[0] if wrong else threshold.id
        yield Problem(placed.place, f"{op} {threshold.id}: not values of {definition.name}", word, definition.values)


def _number_fits(row: ThresholdRow, definition: FactDefinition, placed: Placed) -> Iterator[Problem]:
    threshold = row.threshold
    if threshold.choices:
        yield Problem(placed.place, f"{definition.name} needs a number, not a choice", threshold.id)
    elif threshold.unit != definition.unit and not {threshold.unit, definition.unit} <= UNITLESS:
        yield Problem(row.unit_place, f"unit of {definition.name} is {definition.unit or 'none'}", threshold.unit)
    elif definition.type == "integer" and not _whole(threshold):
        yield Problem(row.place, f"{definition.name} is a whole number", str(threshold.default))


def _whole(threshold: Threshold) -> bool:
    return not isinstance(threshold.default, str) and threshold.default == threshold.default.to_integral_value()


TIGHTER = {Op.AT_MOST: "lower", Op.BELOW: "lower", Op.AT_LEAST: "higher", Op.ABOVE: "higher"}
"""Direction that makes a favourable test harder to meet."""


def direction_problems(library: Library) -> Iterator[Problem]:
    """Thresholds of tests whose `stricter` points the lax way: a label could then be loosened."""
    rows = {row.threshold.id: row for file in library.files for row in file.thresholds.values()}
    for file in library.files:
        for criterion_row in file.criteria:
            for test in criterion_row.criterion.tests:
                row = rows.get(test.threshold or "")
                if row is not None and test.op in NUMERIC and row.threshold.stricter not in {"", TIGHTER[test.op]}:
                    yield Problem(row.place, f'"{test.op}" needs stricter', row.threshold.stricter, (TIGHTER[test.op],))
