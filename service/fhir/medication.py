"""Drugs: which are taken now, and how long ago those were given that matter for the liver or the procedure."""

from __future__ import annotations

from collections.abc import Iterable

from service.codes import tables
from service.fhir.context import Context
from service.fhir.course import FOR_ASCITES, OPEN, TAKEN, Course, groups, status
from service.fhir.drugs import Named, has_r4_shape, named
from service.fhir.scan import Item
from service.fhir.tally import Tally
from service.fhir.times import when

_VOID = frozenset({"cancelled", "draft", "entered-in-error", "intended", "not-done", "not-taken", "on-hold"})
_NO_ORDER = frozenset({"proposal", "plan", "option"})


def read_medications(context: Context, tally: Tally) -> None:
    for item in context.shelf.of(*TAKEN):
        drug = named(item, context)
        facts = set(_concerned(drug))
        given = when(item, context.site.time_zone)
        if not facts or not _counts(item) or context.is_future(given):
            continue
        if not has_r4_shape(item) or context.model(item) is None:
            tally.spoiled(facts, given)
            continue
        tally.add(Course(item, drug, given, context).readings())


def _concerned(drug: Named) -> Iterable[str]:
    for group in groups(drug):
        yield from (row.fact for row in tables.DRUG_GROUPS.get(group, ()))
        yield from (OPEN[group],) if group in OPEN else ()
        yield from (FOR_ASCITES,) if group == "diuretic" else ()


def _counts(item: Item) -> bool:
    planned = (item.head.intent or "").strip().lower() in _NO_ORDER
    return not planned and item.head.do_not_perform is not True and status(item) not in _VOID
