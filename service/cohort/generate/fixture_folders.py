"""Writes patients as fixtures, one folder each, for replay and to look at. Judges nothing: expects no status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from service.cohort.generate.patient import Patient
from service.fixture_building.folder import Content, write


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    why: str
    as_of: date
    expect: Mapping[str, str] = field(default_factory=dict)


def write_fixtures(patients: Iterable[Patient], out: Path, as_of: date) -> Iterator[Patient]:
    """Each patient when his folder is written. Raises OSError."""
    for patient in patients:
        sheet = _Sheet(f"Order for {patient.therapy}, synthetic patient {patient.ident}", _why(patient), as_of)
        write(Content(sheet, patient.bundle, patient.requests), out / patient.ident)
        yield patient


def _why(patient: Patient) -> str:
    classes = ", ".join(f"{name} {word}" for name, word in patient.classes.items())
    mess = "; ".join(f"{each.kind}: {each.resource}" for each in patient.mess)
    return f"Drawn by the cohort generator: {classes}. Wrong on purpose: {mess or 'nothing'}."
