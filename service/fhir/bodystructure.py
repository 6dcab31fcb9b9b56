"""Lesions recorded as body structures: how many there are at least."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.values import Interval
from service.fhir.context import Context
from service.fhir.found import Found, fact_of
from service.fhir.liver import site_in_liver
from service.fhir.moments import until
from service.fhir.reading import Reading
from service.fhir.tally import Tally

LOWER_BOUND = "lower bound: counted lesions on record"


def read_body_structures(context: Context, tally: Tally) -> None:
    """A count of structures with a morphology in the liver is a lower bound of the number of lesions."""
    count = 0
    for item in context.shelf.of("BodyStructure"):
        model = context.model(item)
        if model is None:
            tally.spoiled(["lesion_count"], None)
        elif model.active is not False and model.morphology is not None and site_in_liver([model.location]):
            count += 1
    if count:
        found = Found(interval=Interval(Decimal(count), None), marks=(LOWER_BOUND,))
        fact = fact_of("lesion_count", found, on=context.today, source="BodyStructure")
        tally.add([Reading(fact, until(None, context.today, context.site.time_zone), rank=3)])
