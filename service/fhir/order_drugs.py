"""Drugs drafted together with an order: which is planned for the procedure, and in which dose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.codes.tables import Drug
from service.fhir import found as say
from service.fhir.answer import Answer, quantity
from service.fhir.context import Context
from service.fhir.drugs import has_r4_shape, named
from service.fhir.found import Found, fact_of
from service.fhir.moments import Moment
from service.fhir.order import Order
from service.fhir.orders import NOT_ORDERED
from service.fhir.reading import Level, Reading
from service.fhir.scan import Item
from service.fhir.understand import read_answer

_DOSES: Mapping[str, str] = {
    "doxorubicin": "planned_doxorubicin_dose",
    "epirubicin": "planned_epirubicin_dose",
    "floxuridine": "planned_floxuridine_dose",
    "melphalan": "planned_melphalan_dose",
}
_PLANNED_BY_GROUP: Mapping[str, str] = {
    "acid_suppression": "acid_suppression_planned",
    "capecitabine": "capecitabine_planned",
    "checkpoint": "checkpoint_inhibitor_planned",
}
_PLANNED_BY_NAME: Mapping[str, str] = {"bevacizumab": "bevacizumab_planned"}


def drug_readings(order: Order, at: Moment, context: Context) -> Iterable[Reading]:
    """From the order itself if it is one for a drug, and from every other draft order for one."""
    for item in (order.item, *order.siblings):
        asked = (item.head.status or "").strip().lower() not in NOT_ORDERED and item.head.do_not_perform is not True
        if item.kind == "MedicationRequest" and asked and has_r4_shape(item):
            for drug in named(item, context).drugs:
                for name, found in _facts(drug, item, context):
                    yield Reading(fact_of(name, found, on=context.today, source=item.source), at, Level.ORDER)


def _facts(drug: Drug, item: Item, context: Context) -> Iterable[tuple[str, Found]]:
    if drug.drug:
        yield "planned_drug", say.one(drug.drug)
    for group in drug.groups:
        if group in _PLANNED_BY_GROUP:
            yield _PLANNED_BY_GROUP[group], say.one(True)
    if drug.display.casefold() in _PLANNED_BY_NAME:
        yield _PLANNED_BY_NAME[drug.display.casefold()], say.one(True)
    if drug.drug in _DOSES:
        model = context.model(item)
        for dose in _doses(model) if model is not None else ():
            yield _DOSES[drug.drug], read_answer(_DOSES[drug.drug], Answer(number=quantity(dose)))


def _doses(model: Any) -> Iterable[Any]:
    """Every dose of the dosage instructions; several different ones are all possible."""
    for dosage in model.dosageInstruction or ():
        for part in dosage.doseAndRate or ():
            if part.doseQuantity is not None and part.doseQuantity.value is not None:
                yield part.doseQuantity
