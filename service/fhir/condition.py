"""Conditions: diagnoses that hold today, and those that count although they are over."""

from __future__ import annotations

from collections.abc import Iterable

from service.codes.tables import Meaning
from service.fhir import coded_answers, lookup
from service.fhir.ages import days_since
from service.fhir.context import Context
from service.fhir.diagnosis import TUMOUR, Diagnosis, word
from service.fhir.found import Found, fact_of
from service.fhir.found import problem as not_found
from service.fhir.moments import until
from service.fhir.reading import Reading

_DEGREES = {
    ("ascites", "24484000"): ("moderate_severe", "refractory"),
    ("ascites", "6736007"): ("moderate_severe", "refractory"),
    ("ascites", "255604002"): ("mild",),
}
"""Condition.severity of FHIR's example binding (severe, moderate, mild) narrows the degree of ascites."""


def read_conditions(found: Iterable[Diagnosis], context: Context) -> Iterable[Reading]:
    for diagnosis in found:
        for key in diagnosis.keys:
            for meaning in lookup.condition(key):
                if meaning.fact != TUMOUR and (diagnosis.active or counts_when_over(meaning.fact)):
                    yield _reading(diagnosis, meaning, context)


def counts_when_over(fact: str) -> bool:
    """Facts about the past: that it once was is enough."""
    return fact.startswith(("prior_", "days_since_")) or fact.endswith("_history")


def _reading(diagnosis: Diagnosis, meaning: Meaning, context: Context) -> Reading:
    """What was found lasts while the Condition is active; what was absent was so only on its day."""
    recorded = diagnosis.recorded
    lasting = diagnosis.active and meaning.value not in {"none", "false"}
    moment = until(recorded, context.today, context.site.time_zone) if lasting else recorded
    on = recorded.on if recorded is not None else context.today if lasting else None
    fact = fact_of(meaning.fact, _found(diagnosis, meaning, context), on=on, source=diagnosis.item.source)
    return Reading(fact, moment, ongoing=lasting and diagnosis.stated, rank=2 if diagnosis.is_unsure else 1)


def _found(diagnosis: Diagnosis, meaning: Meaning, context: Context) -> Found:
    if diagnosis.is_unsure:
        return not_found(f"diagnosis {diagnosis.verification}")
    if meaning.value == "date":
        return days_since(diagnosis.recorded, context.today)
    severity = word(diagnosis.model.severity)
    values = _DEGREES.get((meaning.fact, severity)) or coded_answers.values_of(meaning.fact, meaning.value)
    return Found(values=values)
