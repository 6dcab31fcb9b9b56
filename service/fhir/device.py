"""Devices in the patient: pacemakers, defibrillators and what else the code tables name."""

from __future__ import annotations

from service.fhir import coded_answers, lookup
from service.fhir.content import content_of
from service.fhir.context import Context
from service.fhir.found import Found, fact_of
from service.fhir.moments import until
from service.fhir.reading import Reading
from service.fhir.scan import codings_within
from service.fhir.tally import Tally

NOT_IN_PLACE = frozenset({"inactive", "entered-in-error", "unknown"})


def read_devices(context: Context, tally: Tally) -> None:
    for item in context.shelf.of("Device"):
        if (item.head.status or "").strip().lower() in NOT_IN_PLACE:
            continue
        keys = lookup.keys(codings_within(content_of(item).get("type")))
        meanings = [meaning for key in keys for meaning in lookup.device(key)]
        if meanings and context.model(item) is None:
            tally.spoiled({meaning.fact for meaning in meanings}, None)
            continue
        for meaning in meanings:
            found = Found(values=coded_answers.values_of(meaning.fact, meaning.value))
            fact = fact_of(meaning.fact, found, on=context.today, source=item.source)
            tally.add([Reading(fact, until(None, context.today, context.site.time_zone), ongoing=True)])
