"""Joins therapy files with the modules they include into the Therapy objects that the engine reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from service.rules.comparisons import Placed
from service.rules.model import Comparison, Criterion, Inclusion, Kind, Knowledge, Note, Therapy, Threshold
from service.rules.sources import Library, SourceFile
from service.rules.thresholds_used import redeclared

Renamed = Mapping[str, str]


def link(library: Library) -> Knowledge:
    """The knowledge of a library without problems."""
    thresholds = {row.threshold.id: row.threshold for file in library.files for row in file.thresholds.values()}
    return Knowledge(
        therapies={name: _therapy(file, library, thresholds) for name, file in library.therapies.items()},
        thresholds=thresholds,
        references=library.references,
        windows=library.windows,
        version=library.version,
    )


def _therapy(file: SourceFile, library: Library, thresholds: Mapping[str, Threshold]) -> Therapy:
    renamed = redeclared(file, library)
    inclusions = [
        _inclusion(library.modules[include.module], include.conditions, renamed, thresholds)
        for include in file.includes
    ]
    inclusions.append(_inclusion(file, (), {}, thresholds))
    used = set(_used(inclusions))
    return Therapy(
        id=file.id,
        title=file.title,
        short=file.short,
        tumours=file.tumours,
        inclusions=tuple(inclusions),
        thresholds={name: threshold for name, threshold in thresholds.items() if name in used},
        windows=library.windows,
        knowledge=library.version,
    )


def _inclusion(
    file: SourceFile, conditions: Iterable[Placed], renamed: Renamed, thresholds: Mapping[str, Threshold]
) -> Inclusion:
    return Inclusion(
        module=file.id,
        conditions=tuple(placed.comparison for placed in conditions),
        criteria=tuple(_criterion(row.criterion, renamed, thresholds) for row in file.criteria),
        notes=tuple(_note(row.note, renamed) for row in file.notes),
    )


def _criterion(criterion: Criterion, renamed: Renamed, thresholds: Mapping[str, Threshold]) -> Criterion:
    if renamed.keys().isdisjoint(_names(criterion)):
        return criterion
    kind_threshold = renamed.get(criterion.kind_threshold or "", criterion.kind_threshold)
    return replace(
        criterion,
        tests=_renamed(criterion.tests, renamed),
        only_if=_renamed(criterion.only_if, renamed),
        kind_threshold=kind_threshold,
        kind=Kind(str(thresholds[kind_threshold].default)) if kind_threshold else criterion.kind,
    )


def _note(note: Note, renamed: Renamed) -> Note:
    return replace(note, only_if=_renamed(note.only_if, renamed)) if note.only_if else note


def _renamed(comparisons: tuple[Comparison, ...], renamed: Renamed) -> tuple[Comparison, ...]:
    return tuple(
        replace(comparison, threshold=renamed.get(comparison.threshold or "", comparison.threshold))
        for comparison in comparisons
    )


def _names(criterion: Criterion) -> Iterator[str]:
    """Ids of the thresholds that a criterion uses."""
    if criterion.kind_threshold is not None:
        yield criterion.kind_threshold
    yield from _compared((*criterion.tests, *criterion.only_if))


def _compared(comparisons: Iterable[Comparison]) -> Iterator[str]:
    return (comparison.threshold for comparison in comparisons if comparison.threshold is not None)


def _used(inclusions: Iterable[Inclusion]) -> Iterator[str]:
    for inclusion in inclusions:
        yield from _compared(inclusion.conditions)
        for note in inclusion.notes:
            yield from _compared(note.only_if)
        for criterion in inclusion.criteria:
            yield from _names(criterion)
