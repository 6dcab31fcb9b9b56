"""Writes a whole cohort into a folder: the patients in one of the formats, then the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from service.cohort.generate.fixture_folders import write_fixtures
from service.cohort.generate.ndjson import write_ndjson
from service.cohort.generate.patient import Patient, generate
from service.cohort.generate.tally import Tally
from service.fixture_building.pretty import pretty
from service.fixtures import MANIFEST
from service.rules.problems import KnowledgeError, Place, Problem


class Form(StrEnum):
    FIXTURES = "fixtures"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Patients 0 to `patients` - 1 of a seed, as on one day."""

    patients: int
    seed: int
    as_of: date

    def __iter__(self) -> Iterator[Patient]:
        return (generate(self.seed, index, self.as_of) for index in range(self.patients))


def write_cohort(cohort: Cohort, form: Form, out: Path) -> Iterator[Patient]:
    """Each patient when he is written. The manifest comes last: a folder without one is not complete.

    Raises OSError, or KnowledgeError for a folder that holds anything: two cohorts in one folder are neither.
    """
    if out.exists() and any(out.iterdir()):
        raise KnowledgeError([Problem(Place(str(out)), "the folder is not empty; name a new one")])
    out.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    written = write_ndjson(cohort, out) if form is Form.NDJSON else write_fixtures(cohort, out, cohort.as_of)
    for patient in written:
        tally.add(patient)
        yield patient
    (out / MANIFEST).write_bytes(pretty(tally.manifest(cohort.seed, cohort.as_of, form.value)))
