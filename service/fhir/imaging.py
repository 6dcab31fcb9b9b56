"""Reports and imaging studies: how old the examination is, and diagnoses that a report concludes in codes."""

from __future__ import annotations

from collections.abc import Iterable

from service.codes import tables
from service.codes.tables import Meaning
from service.fhir import coded_answers, lookup
from service.fhir.ages import days_since
from service.fhir.content import content_of
from service.fhir.context import Context
from service.fhir.diagnosis import TUMOUR
from service.fhir.found import Found, fact_of
from service.fhir.lookup import Key
from service.fhir.moments import Moment
from service.fhir.reading import Reading
from service.fhir.scan import Item, codings_within
from service.fhir.tally import Tally
from service.fhir.times import when

REPORTED = frozenset({"final", "amended", "corrected", "appended", "partial", "preliminary"})
"""For the age of an examination a preliminary report will do: the examination was done."""
CONCLUDED = frozenset({"final", "amended", "corrected", "appended"})
_AVAILABLE = frozenset({"available"})
_EXAMINED = frozenset({"completed", "in-progress", "stopped"})

_STATUSES = {"DiagnosticReport": REPORTED, "ImagingStudy": _AVAILABLE, "Procedure": _EXAMINED}
_ELEMENTS = {
    "DiagnosticReport": ("code",),
    "ImagingStudy": ("procedureCode",),
    "Procedure": ("code",),
}


def read_imaging(context: Context, tally: Tally) -> None:
    for item in context.shelf.of(*_STATUSES):
        status = (item.head.status or "").strip().lower()
        moment = when(item, context.site.time_zone)
        if status in _STATUSES[item.kind] and not context.is_future(moment):
            _read(item, moment, status in CONCLUDED, context, tally)


def _read(item: Item, moment: Moment | None, concluded: bool, context: Context, tally: Tally) -> None:
    content = content_of(item) if item.kind in {"ImagingStudy", "DiagnosticReport"} else {}
    named = _keys(content, _ELEMENTS[item.kind]) if content else lookup.keys(item.codings)
    ages = {tables.IMAGING[key] for key in named if key in tables.IMAGING}
    findings = _findings(content) if concluded else []
    facts = {*ages, *(meaning.fact for meaning in findings)}
    if facts and context.model(item) is None:
        tally.spoiled(facts, moment)
        return
    tally.add(_reading(item, fact, days_since(moment, context.today), moment) for fact in ages)
    for meaning in findings:
        tally.add(
            [_reading(item, meaning.fact, Found(values=coded_answers.values_of(meaning.fact, meaning.value)), moment)]
        )


def _findings(content: dict[str, object]) -> list[Meaning]:
    """What the conclusion says in codes; which tumour an order is aimed at is not for a report to say."""
    meanings = (meaning for key in _keys(content, ("conclusionCode",)) for meaning in lookup.condition(key))
    return [meaning for meaning in meanings if meaning.fact != TUMOUR and not meaning.needs]


def _keys(content: dict[str, object], elements: Iterable[str]) -> list[Key]:
    return [key for element in elements for key in lookup.keys(codings_within(content.get(element)))]


def _reading(item: Item, fact: str, found: Found, moment: Moment | None) -> Reading:
    return Reading(fact_of(fact, found, on=moment.on if moment else None, source=item.source), moment)
