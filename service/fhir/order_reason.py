"""Why and where: the tumour that an order is aimed at, and whether it is surely about the liver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from service.fhir import lookup
from service.fhir.content import content_of, parts_of
from service.fhir.context import Context
from service.fhir.diagnosis import Diagnosis, diagnosis_of
from service.fhir.liver import LIVER, is_liver_tumour
from service.fhir.order import Order
from service.fhir.record import Record
from service.fhir.scan import codings_within
from service.fhir.tumour import Aim, aimed_at

ANY_ORGAN = "the order does not say that it is about the liver"
"""Its code serves other organs too (CPT 37243 is embolisation of any)."""


def aim(order: Order, record: Record, context: Context) -> Aim:
    """What the order is aimed at; unknown where its code serves other organs and nothing in it names the liver."""
    codes = lookup.keys(codings_within(content_of(order.item).get("reasonCode")))
    aimed = aimed_at(list(_reasons(order, record, context)), codes, record.diagnoses, context)
    unsaid = order.confirm_liver and not aimed.by_reason and not liver_confirmed(order, record)
    return replace(aimed, tumour=aimed.tumour.as_unknown(ANY_ORGAN)) if unsaid else aimed


def _reasons(order: Order, record: Record, context: Context) -> Iterable[Diagnosis | None]:
    """The Conditions that the order gives as reasons; None for one that is not among the data or cannot be read."""
    by_item = {id(each.item): each for each in record.diagnoses}
    for reference in _references(content_of(order.item)):
        item = context.shelf.resolve(reference, order.item)
        if item is None or item.kind == "Condition":
            yield None if item is None else by_item.get(id(item)) or diagnosis_of(item, context)


def _references(content: object) -> Iterable[str]:
    for part in parts_of(content, "reasonReference"):
        if isinstance(part.get("reference"), str):
            yield part["reference"]


def liver_confirmed(order: Order, record: Record) -> bool:
    """Whether the order's own body site or reason says that it is about the liver."""
    content = content_of(order.item)
    coded = lookup.keys(codings_within([content.get("bodySite"), content.get("reasonCode")]))
    referred = (record.context.shelf.resolve(each, order.item) for each in _references(content))
    keys = [*coded, *(key for item in referred if item is not None for key in lookup.keys(item.codings))]
    return any(key in LIVER or is_liver_tumour(key) for key in keys)
