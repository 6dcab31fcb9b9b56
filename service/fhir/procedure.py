"""Procedures that were done: treatments of the liver, shunts, implants, examinations, and how long ago."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.clinical.values import Interval
from service.codes.tables import Meaning
from service.fhir import coded_answers, lookup
from service.fhir import found as say
from service.fhir.ages import days_since
from service.fhir.context import Context
from service.fhir.found import Found, fact_of
from service.fhir.liver import refers_to_liver, site_in_liver
from service.fhir.moments import Moment, until
from service.fhir.procedure_codes import meanings_of
from service.fhir.reading import Reading
from service.fhir.scan import Item
from service.fhir.tally import Tally
from service.fhir.times import when

DONE = frozenset({"completed", "in-progress", "stopped"})
"""A stopped treatment was given in part."""

NOT_DONE = frozenset({"not-done", "entered-in-error", "preparation"})
STATUS_UNKNOWN = "recorded, whether it was done is not known"

SESSIONS = "embolisation_sessions"
ARTERIAL = frozenset({"tace", "tae", "embolisation", "arterial", "y90", "hai", "php"})
SITE_UNKNOWN = "site not recorded"
TERRITORY_UNKNOWN = "earlier treatment recorded, its territory not"


@dataclass(frozen=True, slots=True)
class Treatment:
    """One procedure that was done, in the liver or not (`None`: not told)."""

    item: Item
    when: Moment | None
    in_liver: bool | None
    meanings: tuple[Meaning, ...]

    def is_of(self, kinds: Container[str]) -> bool:
        return any(meaning.kind in kinds for meaning in self.meanings)

    def sessions(self) -> Iterable[tuple[str, Moment | None]]:
        """Facts that count it, with its time; without one where it may not have been in the liver."""
        for meaning in self.meanings:
            if meaning.value == "count" and not (meaning.needs and self.in_liver is False):
                yield meaning.fact, self.when if self.in_liver or not meaning.needs else None

    def readings(self, context: Context) -> Iterable[Reading]:
        for meaning in self.meanings:
            if meaning.value != "count" and not (meaning.needs and self.in_liver is False):
                yield self._reading(meaning, context)

    def _reading(self, meaning: Meaning, context: Context) -> Reading:
        unsaid = meaning.needs and self.in_liver is None
        found = say.problem(SITE_UNKNOWN) if unsaid else _found(meaning, self.when, context)
        lasts = meaning.value != "date"
        fact = fact_of(meaning.fact, found, on=self.when.on if self.when else None, source=self.item.source)
        time = until(self.when, context.today, context.site.time_zone) if lasts else self.when
        return Reading(fact, time, ongoing=lasts, rank=2 if found.problem else 1)


def read_procedures(context: Context, tally: Tally) -> None:
    done: list[Treatment] = []
    sessions: dict[str, list[Moment | None]] = {}
    for item in context.shelf.of("Procedure"):
        meanings = [meaning for key in lookup.keys(item.codings) for meaning in meanings_of(key)]
        moment = when(item, context.site.time_zone)
        status = (item.head.status or "").strip().lower()
        if not meanings or status in NOT_DONE or context.is_future(moment):
            continue
        model = context.model(item)
        if model is None:
            tally.spoiled({meaning.fact for meaning in meanings}, moment)
        elif status not in DONE:
            tally.add(_open(item, meaning, context) for meaning in meanings)
        else:
            treatment = Treatment(item, moment, _in_liver(model, item, context), tuple(meanings))
            done.append(treatment)
            tally.add(treatment.readings(context))
            for fact, time in treatment.sessions():
                sessions.setdefault(fact, []).append(time)
    tally.sessions += sessions.get(SESSIONS, ())
    tally.add(_count(fact, times, context) for fact, times in sessions.items())
    tally.add(_since_mapping(done, context))


def _open(item: Item, meaning: Meaning, context: Context) -> Reading:
    """Neither used nor denied."""
    fact = fact_of(meaning.fact, say.problem(STATUS_UNKNOWN), on=None, source=item.source)
    return Reading(fact, until(None, context.today, context.site.time_zone), rank=2)


def _in_liver(model: Any, item: Item, context: Context) -> bool | None:
    where = site_in_liver(model.bodySite or ())
    return refers_to_liver(model.reasonReference or (), item, context) or None if where is None else where


def _found(meaning: Meaning, moment: Moment | None, context: Context) -> Found:
    if meaning.value == "date":
        return days_since(moment, context.today)
    if meaning.value == "territory":
        return say.problem(TERRITORY_UNKNOWN)
    return Found(values=coded_answers.values_of(meaning.fact, meaning.value))


def _count(fact: str, times: Sequence[Moment | None], context: Context) -> Reading:
    """Sessions on different days; one without a day may be one of those, so the number is then at least so many."""
    days = {moment.on for moment in times if moment is not None}
    found = Found(interval=Interval(Decimal(len(days)), None)) if None in times else say.one(Decimal(len(days)))
    on = max(days, default=None)
    return Reading(fact_of(fact, found, on=on, source="Procedure"), until(None, context.today, context.site.time_zone))


def _since_mapping(done: Sequence[Treatment], context: Context) -> Iterable[Reading]:
    """An arterial treatment that surely came after the newest mapping."""
    mappings = [each.when for each in done if each.is_of({"mapping"}) and each.when is not None]
    newest = max(mappings, key=lambda moment: moment.start, default=None)
    for each in done if newest is not None else ():
        if (
            newest
            and each.is_of(ARTERIAL)
            and each.in_liver is not False
            and each.when
            and each.when.surely_after(newest)
        ):
            fact = fact_of("arterial_treatment_since_mapping", say.one(True), on=each.when.on, source=each.item.source)
            yield Reading(fact, until(each.when, context.today, context.site.time_zone), ongoing=True)
