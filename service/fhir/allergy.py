"""Allergies and intolerances, and the explicit statement that none is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.codes.tables import Meaning
from service.fhir import coded_answers, lookup
from service.fhir import found as say
from service.fhir.context import Context
from service.fhir.diagnosis import ACTIVE, NEVER_USED, UNSURE, word
from service.fhir.found import Found, fact_of
from service.fhir.moments import until
from service.fhir.reading import Reading
from service.fhir.scan import Item
from service.fhir.tally import Tally
from service.fhir.times import when

_DEGREE = {"mild": "mild_moderate", "moderate": "mild_moderate", "severe": "severe"}


def read_allergies(context: Context, tally: Tally) -> None:
    for item in context.shelf.of("AllergyIntolerance"):
        meanings = [meaning for key in lookup.keys(item.codings) for meaning in lookup.allergy(key)]
        if not meanings:
            continue
        model = context.model(item)
        if model is None:
            tally.spoiled({meaning.fact for meaning in meanings}, when(item, context.site.time_zone))
        elif _counts(model):
            tally.add(_readings(item, model, meanings, context))


def _counts(model: Any) -> bool:
    clinical = word(model.clinicalStatus)
    return (not clinical or clinical in ACTIVE) and word(model.verificationStatus) not in NEVER_USED


def _readings(item: Item, model: Any, meanings: Iterable[Meaning], context: Context) -> Iterable[Reading]:
    recorded = when(item, context.site.time_zone)
    if context.is_future(recorded):
        return
    unsure = word(model.verificationStatus) in UNSURE
    for meaning in meanings:
        lasts = meaning.value not in {"none", "false"}
        found = say.problem("allergy not confirmed") if unsure else _found(model, meaning)
        on = recorded.on if recorded is not None else None
        moment = until(recorded, context.today, context.site.time_zone) if lasts else recorded
        yield Reading(fact_of(meaning.fact, found, on=on, source=item.source), moment, ongoing=lasts)


def _found(model: Any, meaning: Meaning) -> Found:
    """The degree of the worst reaction on record, else every degree that the code leaves open."""
    values = coded_answers.values_of(meaning.fact, meaning.value)
    degrees = {_DEGREE.get((reaction.severity or "").strip()) for reaction in model.reaction or ()} - {None}
    worst = "severe" if "severe" in degrees else next(iter(degrees), None)
    return say.one(worst) if worst in values and worst is not None else Found(values=values)
