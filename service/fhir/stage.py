"""Stages that a Condition carries (Condition.stage): the kind of stage in its type, the stage in its summary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.fhir import lookup
from service.fhir.answer import Answer, concept_answer
from service.fhir.diagnosis import Diagnosis
from service.fhir.found import fact_of
from service.fhir.liver import is_primary_liver_tumour
from service.fhir.reading import Reading
from service.fhir.understand import read_answer

BCLC = "bclc_stage"


def read_stages(diagnoses: Iterable[Diagnosis]) -> Iterable[Reading]:
    """Only of active tumours that arose in the liver: the stage of another tumour says nothing here."""
    for diagnosis in diagnoses:
        if diagnosis.active and not diagnosis.is_unsure and any(map(is_primary_liver_tumour, diagnosis.keys)):
            for stage in diagnosis.model.stage or ():
                yield from _readings(diagnosis, stage)


def _readings(diagnosis: Diagnosis, stage: Any) -> Iterable[Reading]:
    summary = concept_answer(stage.summary)
    kind = concept_answer(stage.type)
    recorded = diagnosis.recorded
    for fact in {each.fact for key in kind.codes for each in lookup.observation(key)} or _named(summary):
        found = read_answer(fact, summary)
        on = recorded.on if recorded is not None else None
        yield Reading(fact_of(fact, found, on=on, source=diagnosis.item.source), recorded)


def _named(summary: Answer) -> set[str]:
    """A summary that names its own kind of stage needs no type."""
    return {BCLC} if summary.text.strip().casefold().startswith("bclc") else set()
