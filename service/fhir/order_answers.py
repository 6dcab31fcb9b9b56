"""What the draft order itself answers: its details, its extensions, what it contains and what it points to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from service.fhir import lookup
from service.fhir.answer import Answer, answer
from service.fhir.context import Context
from service.fhir.definitions import is_named
from service.fhir.found import Found, fact_of
from service.fhir.moments import Moment
from service.fhir.observation import own_found, read
from service.fhir.order import Order
from service.fhir.questionnaire import IN_AN_ORDER, Response
from service.fhir.reading import Level, Reading
from service.fhir.record import Record
from service.fhir.scan import Item
from service.fhir.selection import select, status
from service.fhir.shelf import contained
from service.fhir.statement import answer_beside, stated_by
from service.fhir.tally import Tally
from service.fhir.times import when
from service.fhir.understand import read_answer


def order_answers(order: Order, at: Moment, record: Record, context: Context, tally: Tally) -> None:
    """Add everything at the order's level. An order that cannot be validated answers nothing and is listed."""
    for item in contained(order.item).values():
        tally.add(_of_resource(item, at, context, tally))
    model = context.model(order.item) if order.item.kind == "ServiceRequest" else None
    if model is None:
        return
    tally.add(_of_details(model, order, at, context))
    tally.add(_of_extensions(model, order, at, context))
    for reference in model.supportingInfo or ():
        pointed = context.shelf.resolve(reference.reference, order.item)
        if pointed is not None:
            tally.add(_pointed_at(pointed, record))


def _of_resource(item: Item, at: Moment, context: Context, tally: Tally) -> Iterable[Reading]:
    """A QuestionnaireResponse or Observation that the order contains."""
    if item.kind == "QuestionnaireResponse" and status(item) in IN_AN_ORDER:
        return Response(item, when(item, context.site.time_zone) or at, Level.ORDER).readings(context, tally)
    selected = select(item, context, inherited=at) if item.kind == "Observation" else None
    if selected is None or context.is_future(selected.when):
        return ()
    readings = read(selected, context)
    if readings is None:
        tally.spoiled(selected.facts, selected.when)
        return ()
    return [replace(reading, level=Level.ORDER) for reading in readings]


def _pointed_at(item: Item, record: Record) -> Iterable[Reading]:
    """What the record's own resource says, which the order makes its own; its date stays."""
    for readings in record.tally.readings.values():
        for reading in readings:
            if reading.fact.source == item.source:
                yield replace(reading, level=Level.ORDER)


def _of_details(model: Any, order: Order, at: Moment, context: Context) -> Iterable[Reading]:
    for detail in model.orderDetail or ():
        keys = [key for coding in detail.coding or () if (key := lookup.key_of(coding.system, coding.code)) is not None]
        for name, found in stated_by(keys, detail.text or ""):
            yield _reading(name, found, order, at)
        for key in keys:
            if key in context.local_codes:
                name = context.local_codes[key]
                yield _reading(name, read_answer(name, answer_beside(name, keys, detail.text or "")), order, at)


def _of_extensions(model: Any, order: Order, at: Moment, context: Context) -> Iterable[Reading]:
    for extension in model.extension or ():
        for name, given in _asked(extension, context):
            if is_named(name) and not given.is_empty:
                yield _reading(name, own_found(name, given, at, context), order, at)


def _asked(extension: Any, context: Context) -> Iterable[tuple[str, Answer]]:
    """A question that the client has mapped: by the extension's url, by that and the part's url, or by a coded question
    beside its answer."""
    mapped = context.site.fact_codes
    if (extension.url, "") in mapped:
        yield mapped[extension.url, ""], answer(extension)
    parts = extension.extension or ()
    for part in parts:
        if (extension.url, part.url) in mapped:
            yield mapped[extension.url, part.url], answer(part)
    questions = {name for part in parts for key in answer(part).codes if (name := context.local_codes.get(key))}
    answers = [answer(part) for part in parts if not set(answer(part).codes) & set(context.local_codes)]
    if len(questions) == 1 and len(answers) == 1:
        yield questions.pop(), answers[0]


def _reading(name: str, found: Found, order: Order, at: Moment) -> Reading:
    return Reading(fact_of(name, found, on=at.on, source=order.reference), at, Level.ORDER)
