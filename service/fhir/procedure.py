"""Procedures that were done: treatments of the liver, shunts, implants, examinations, and how long ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.clinical.values import Interval
from service.codes import own, tables
from service.codes.tables import Meaning
from service.fhir import found as say
from service.fhir import lookup
from service.fhir.answer import days_since
from service.fhir.context import Context
from service.fhir.dates import Moment, until
from service.fhir.found import Found, fact_of
from service.fhir.liver import refers_to_liver, site_in_liver
from service.fhir.lookup import Key
from service.fhir.reading import Reading
from service.fhir.scan import Item
from service.fhir.tally import Tally
from service.fhir.times import when

DONE = frozenset({"completed", "in-progress", "stopped"})
"""A stopped treatment was given in part."""

ARTERIAL = frozenset({"tace", "tae", "embolisation", "arterial", "y90", "hai", "php"})
SITE_UNKNOWN = "site not recorded"
TERRITORY_UNKNOWN = "earlier treatment recorded, its territory not"

_OWN_KINDS = {
    **dict.fromkeys(("ctace", "deb-tace", "debiri", "tace-breast", "tace-net", "tace-other", "layered-tace"), "tace"),
    "tae": "tae", "y90-glass": "y90", "y90-resin": "y90", "haic": "hai", "hai": "hai", "php": "php", "pve": "pve",
    **dict.fromkeys(("rfa", "microwave", "cryoablation", "ire", "litt"), "ablation"),
    "hdr-brachytherapy": "brachytherapy",
}  # fmt: skip
"""A treatment recorded under our own code of its therapy counts like those of its kind in procedures.csv."""

_EXTRA = {
    "php": (("days_since_last_php", "date"), ("php_cycles_done", "count"), ("days_since_liver_treatment", "date")),
    "y90": (("prior_y90_same_territory", "territory"), ("earlier_y90", "true")),
    "radiotherapy": (("prior_target_radiation", "territory"),),
}


@dataclass(frozen=True, slots=True)
class Treatment:
    """One procedure that was done, of one kind, in the liver (`None`: not told)."""

    item: Item
    kind: str
    when: Moment | None
    in_liver: bool | None


def meanings_of(key: Key) -> tuple[Meaning, ...]:
    listed = lookup.procedure(key)
    kinds = {meaning.kind for meaning in listed if meaning.kind}
    system, code = key
    if system == own.THERAPIES_SYSTEM and (kind := _OWN_KINDS.get(code)):
        kinds.add(kind)
        listed = (*listed, *(Meaning(system, code, code, "", fact, value, kind=kind) for fact, value in _of_kind(kind)))
    extra = [(kind, fact, value) for kind in kinds for fact, value in _EXTRA.get(kind, ())]
    return (*listed, *(Meaning(system, code, code, "", fact, value, kind=kind) for kind, fact, value in extra))


def _of_kind(kind: str) -> list[tuple[str, str]]:
    rows = {(row.fact, row.value) for rows in tables.PROCEDURES.values() for row in rows if row.kind == kind}
    return sorted(rows)


def read_procedures(context: Context, tally: Tally) -> list[Treatment]:
    """The readings go to the tally; what was done is returned for facts that compare dates."""
    done: list[Treatment] = []
    sessions: dict[str, list[Moment | None]] = {}
    for item in context.shelf.of("Procedure"):
        meanings = [meaning for key in lookup.keys(item.codings) for meaning in meanings_of(key)]
        moment = when(item, context.site.time_zone)
        if not meanings or (item.head.status or "").strip().lower() not in DONE or context.is_future(moment):
            continue
        model = context.model(item)
        if model is None:
            tally.spoiled({meaning.fact for meaning in meanings}, moment)
            continue
        where = _in_liver(model, item, context)
        done += [Treatment(item, kind, moment, where) for kind in {meaning.kind for meaning in meanings}]
        for meaning in meanings:
            if meaning.value == "count":
                sessions.setdefault(meaning.fact, []).append(moment)
            elif (reading := _reading(item, meaning, moment, where, context)) is not None:
                tally.add([reading])
    tally.add(_count(fact, times, context) for fact, times in sessions.items())
    tally.add(_since_mapping(done, context))
    return done


def _in_liver(model: Any, item: Item, context: Context) -> bool | None:
    where = site_in_liver(model.bodySite or ())
    return refers_to_liver(model.reasonReference or (), item, context) or None if where is None else where


def _reading(
    item: Item, meaning: Meaning, moment: Moment | None, where: bool | None, context: Context
) -> Reading | None:
    needs_site = meaning.needs == "liver site"
    if needs_site and where is False:
        return None
    found = say.problem(SITE_UNKNOWN) if needs_site and where is None else _found(meaning, moment, context)
    lasts = meaning.value != "date"
    fact = fact_of(meaning.fact, found, on=moment.on if moment else None, source=item.source)
    time = until(moment, context.today, context.site.time_zone) if lasts else moment
    return Reading(fact, time, ongoing=lasts, rank=2 if found.problem else 1)


def _found(meaning: Meaning, moment: Moment | None, context: Context) -> Found:
    if meaning.value == "date":
        return days_since(moment, context.today)
    if meaning.value == "territory":
        return say.problem(TERRITORY_UNKNOWN)
    return Found(values=lookup.values_of(meaning.fact, meaning.value))


def _count(fact: str, times: Sequence[Moment | None], context: Context) -> Reading:
    """Sessions on different days; an undated one may be one of those, so the number is then at least so many."""
    days = {moment.on for moment in times if moment is not None}
    number = Decimal(max(len(days), 1))
    found = say.one(number) if None not in times else Found(interval=Interval(number, None))
    on = max(days, default=None)
    return Reading(fact_of(fact, found, on=on, source="Procedure"), until(None, context.today, context.site.time_zone))


def _since_mapping(done: Iterable[Treatment], context: Context) -> Iterable[Reading]:
    """An arterial treatment that surely came after the newest mapping."""
    treatments = list(done)
    mappings = [each.when for each in treatments if each.kind == "mapping" and each.when is not None]
    newest = max(mappings, key=lambda moment: moment.start, default=None)
    if newest is None:
        return
    for each in treatments:
        if each.kind in ARTERIAL and each.in_liver is not False and each.when and each.when.surely_after(newest):
            fact = fact_of("arterial_treatment_since_mapping", say.one(True), on=each.when.on, source=each.item.source)
            yield Reading(fact, until(each.when, context.today, context.site.time_zone), ongoing=True)
