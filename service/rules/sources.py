"""What one knowledge file says, with the place of every word that other files must answer for. Not yet linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.clinical.freshness import Window
from service.rules.comparisons import Placed
from service.rules.model import Criterion, Note, Reference, Threshold
from service.rules.problems import Place


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    threshold: Threshold
    place: Place
    """of its name"""
    unit_place: Place


@dataclass(frozen=True, slots=True)
class CriterionRow:
    criterion: Criterion
    place: Place
    compared: tuple[Placed, ...]
    """tests and conditions"""
    replaces: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    note: Note
    place: Place
    compared: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class IncludeRow:
    module: str
    place: Place
    conditions: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A therapy file (`is_module` false) or a module file; `thresholds` by short name."""

    id: str
    is_module: bool
    title: str
    short: str
    tumours: tuple[str, ...]
    place: Place
    includes: tuple[IncludeRow, ...]
    thresholds: Mapping[str, ThresholdRow]
    criteria: tuple[CriterionRow, ...]
    notes: tuple[NoteRow, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """All files of one folder, each read but not yet linked."""

    modules: Mapping[str, SourceFile]
    therapies: Mapping[str, SourceFile]
    references: Mapping[str, Reference]
    windows: Mapping[str, Window]
    version: str

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (*self.modules.values(), *self.therapies.values())
