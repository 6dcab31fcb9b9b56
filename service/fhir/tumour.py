"""What kind of liver tumour an order is aimed at: its reason, else the only tumour on record. Never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from service.clinical.values import Fact, unknown
from service.codes.systems import SNOMED, stated_primary
from service.fhir import lookup
from service.fhir.condition import CONFIRMED, TUMOUR, UNSURE, Diagnosis
from service.fhir.context import Context
from service.fhir.found import Found, fact_of
from service.fhir.liver import site_in_liver
from service.fhir.lookup import Key

REASON_NOT_HERE = "the order's reason is not among the data"
UNCONFIRMED = "diagnosis not confirmed"
NOT_LIVER = "not_liver_tumour"


def kinds(diagnosis: Diagnosis, others: Sequence[Diagnosis], context: Context) -> frozenset[str]:
    """The kinds of liver tumour that a Condition may mean; empty if it is none."""
    named = [values for key in diagnosis.keys if (values := _kinds_of(key, _needs_met(diagnosis)))]
    if not named:
        return frozenset()
    shared = frozenset.intersection(*named)
    found = shared or frozenset().union(*named)
    if not any(_by_primary(key) for key in diagnosis.keys):
        return found
    primaries = _stated(diagnosis) or _related(diagnosis, context) or _primaries(others)
    return found & primaries or found


def _kinds_of(key: Key, in_liver: bool) -> frozenset[str]:
    return frozenset(
        kind
        for meaning in lookup.condition(key)
        if meaning.fact == TUMOUR and (meaning.needs != "liver site" or in_liver)
        for kind in meaning.value.split("|")
    )


def _needs_met(diagnosis: Diagnosis) -> bool:
    return site_in_liver(diagnosis.model.bodySite or ()) is True


def _by_primary(key: Key) -> bool:
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


def _primaries(diagnoses: Iterable[Diagnosis]) -> frozenset[str]:
    """Every primary outside the liver on record, treated ones too: a removed colon tumour is still the primary."""
    sure = (each for each in diagnoses if not each.is_unsure)
    found = (lookup.primary_kind(key) for each in sure for key in each.keys)
    return frozenset(kind for kind in found if kind)


def only_tumour(diagnoses: Sequence[Diagnosis], context: Context) -> tuple[Fact, tuple[Diagnosis, ...]]:
    """The only active confirmed liver tumour on record; several kinds are all possible."""
    tumours = [each for each in diagnoses if each.active and kinds(each, diagnoses, context)]
    sure = tuple(each for each in tumours if not each.is_unsure)
    if not sure:
        return (unknown(TUMOUR, UNCONFIRMED) if tumours else unknown(TUMOUR)), ()
    return _fact(sure, diagnoses, context), sure


def _fact(tumours: Sequence[Diagnosis], diagnoses: Sequence[Diagnosis], context: Context) -> Fact:
    possible = frozenset(kind for each in tumours for kind in kinds(each, diagnoses, context))
    days = [each.recorded.on for each in tumours if each.recorded is not None]
    source = ", ".join(sorted({each.item.source for each in tumours}))
    return fact_of(TUMOUR, Found(values=tuple(possible)), on=max(days, default=None), source=source)


@dataclass(frozen=True, slots=True)
class Aim:
    """`tumour` is the fact target_tumour, `diagnoses` are the Conditions behind it.

    `by_reason`: the order's reason names it.
    """

    tumour: Fact
    diagnoses: tuple[Diagnosis, ...] = ()
    by_reason: bool = False


def aimed_at(
    reasons: Sequence[Diagnosis | None], codes: Sequence[Key], diagnoses: Sequence[Diagnosis], context: Context
) -> Aim:
    """Of the reasons referred to (None: not among the data), else of those in codes, else the only one on record.

    A reason that names no tumour (a symptom, cirrhosis) leaves open which tumour is meant: then the only one counts.
    """
    found = tuple(each for each in reasons if each is not None)
    tumours = tuple(each for each in found if kinds(each, diagnoses, context))
    if tumours:
        return Aim(_fact(tumours, diagnoses, context), tumours, by_reason=True)
    only, sure = only_tumour(diagnoses, context)
    if reasons and not found:
        return Aim(replace(unknown(TUMOUR, REASON_NOT_HERE), last=None if only.is_unknown else only))
    named = _of_codes(codes or [key for each in found for key in each.keys], diagnoses, context)
    return Aim(only, sure) if named is None else Aim(named, sure, by_reason=True)


def _of_codes(codes: Sequence[Key], diagnoses: Sequence[Diagnosis], context: Context) -> Fact | None:
    """None where the codes name no tumour. A primary means its metastases in the liver, if such are on record."""
    named = [values for key in codes if (values := _kinds_of(key, in_liver=False))]
    if named:
        possible = frozenset().union(*named)
        if any(_by_primary(key) for key in codes):
            possible = possible & _primaries(diagnoses) or possible
        return fact_of(TUMOUR, Found(values=tuple(possible)), on=context.today, source="order")
    primaries = {kind for key in codes if (kind := lookup.primary_kind(key))}
    if not primaries:
        return None
    on_record = {kind for each in diagnoses if each.active for kind in kinds(each, diagnoses, context)}
    possible = frozenset(primaries & on_record) or frozenset({*primaries, NOT_LIVER})
    return fact_of(TUMOUR, Found(values=tuple(possible)), on=context.today, source="order")


def confirmed(tumours: Sequence[Diagnosis]) -> Fact:
    """Whether the diagnosis of the tumour aimed at is confirmed; unknown where the Condition is silent."""
    states = {each.verification for each in tumours}
    source = ", ".join(sorted({each.item.source for each in tumours}))
    if states and states <= {CONFIRMED}:
        return _known(True, source)
    return _known(False, source) if states and states <= UNSURE else unknown("diagnosis_confirmed")


def _known(value: bool, source: str) -> Fact:
    return fact_of("diagnosis_confirmed", Found(values=(value,)), on=None, source=source)
