"""Which kinds of liver tumour a Condition or code may mean; a metastasis takes the kind of its primary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.codes.systems import SNOMED, stated_primary
from service.fhir import lookup
from service.fhir.context import Context
from service.fhir.diagnosis import TUMOUR, Diagnosis
from service.fhir.liver import site_in_liver
from service.fhir.lookup import Key


def kinds(diagnosis: Diagnosis, others: Sequence[Diagnosis], context: Context) -> frozenset[str]:
    """The kinds of liver tumour that a Condition may mean; empty if it is none."""
    named = [values for key in diagnosis.keys if (values := kinds_of(key, _needs_met(diagnosis)))]
    if not named:
        return frozenset()
    shared = frozenset.intersection(*named)
    found = shared or frozenset().union(*named)
    if not any(by_primary(key) for key in diagnosis.keys):
        return found
    sites = _stated(diagnosis) or _related(diagnosis, context) or primaries(others)
    return found & sites or found


def kinds_of(key: Key, in_liver: bool) -> frozenset[str]:
    return frozenset(
        kind
        for meaning in lookup.condition(key)
        if meaning.fact == TUMOUR and (meaning.needs != "liver site" or in_liver)
        for kind in meaning.value.split("|")
    )


def _needs_met(diagnosis: Diagnosis) -> bool:
    return site_in_liver(diagnosis.model.bodySite or ()) is True


def by_primary(key: Key) -> bool:
    return any(meaning.fact == TUMOUR and meaning.needs == "primary" for meaning in lookup.condition(key))


def _stated(diagnosis: Diagnosis) -> frozenset[str]:
    """The primary that a post-coordinated code states."""
    sites = [stated_primary(coding.code or "") for coding in diagnosis.item.codings]
    found = [lookup.primary_kind((SNOMED, site)) for site in sites if site]
    return frozenset(kind for kind in found if kind)


def _related(diagnosis: Diagnosis, context: Context) -> frozenset[str]:
    """The primary to which mCODE's extension `condition-related` points."""
    references = [
        extension.valueReference.reference
        for extension in diagnosis.model.extension or ()
        if extension.url.endswith("condition-related") and extension.valueReference is not None
    ]
    items = [context.shelf.resolve(reference, diagnosis.item) for reference in references]
    found = [lookup.primary_kind(key) for item in items if item is not None for key in lookup.keys(item.codings)]
    return frozenset(kind for kind in found if kind)


def primaries(diagnoses: Iterable[Diagnosis]) -> frozenset[str]:
    """Every primary outside the liver on record, treated ones too: a removed colon tumour is still the primary."""
    sure = (each for each in diagnoses if not each.is_unsure)
    found = (lookup.primary_kind(key) for each in sure for key in each.keys)
    return frozenset(kind for kind in found if kind)
