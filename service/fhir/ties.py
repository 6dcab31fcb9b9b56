"""Whether an Observation is about the liver, where its code does not say so: sizes, nodes, distant metastases."""

from __future__ import annotations

from typing import Any

from service.fhir import lookup
from service.fhir.bindings import Binding
from service.fhir.context import Context
from service.fhir.liver import is_primary_liver_tumour, refers_to_liver, site_in_liver
from service.fhir.reading import Level
from service.fhir.scan import Item
from service.fhir.shelf import local

SIZES = frozenset({"largest_lesion"})
STAGING = frozenset({"nodal_metastasis", "distant_metastasis"})
NOT_TOLD = "not told whether it is in the liver"


def about_the_liver(binding: Binding, model: Any, item: Item, context: Context) -> bool | None:
    """None: not told. A staging counts only if its focus is a tumour that arose in the liver."""
    if binding.level is not Level.STANDARD or binding.fact not in SIZES | STAGING:
        return True
    if binding.fact in STAGING:
        return any(_arose_in_liver(reference, item, context) for reference in model.focus or ())
    where = site_in_liver([model.bodySite])
    return refers_to_liver([*(model.focus or ()), model.specimen], item, context) if where is None else where


def about_someone_else(model: Any, context: Context) -> bool:
    """Whether the focus is another person: a fetus, a donor, a relative."""
    names = (local(focus.reference) for focus in model.focus or () if focus.reference)
    return any(
        name.startswith("RelatedPerson/")
        or (name.startswith("Patient/") and name.removeprefix("Patient/") not in context.patient_ids)
        for name in names
    )


def _arose_in_liver(reference: Any, item: Item, context: Context) -> bool:
    found = context.shelf.resolve(reference.reference, item)
    return found is not None and any(is_primary_liver_tumour(key) for key in lookup.keys(found.codings))
