"""What kind of liver tumour an order is aimed at: its reason, else the only tumour on record. Never a guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.clinical.values import Fact, unknown
from service.fhir import lookup
from service.fhir.context import Context
from service.fhir.diagnosis import CONFIRMED, TUMOUR, UNSURE, Diagnosis
from service.fhir.found import Found, fact_of
from service.fhir.lookup import Key
from service.fhir.tumour_kinds import by_primary, kinds, kinds_of, primaries

REASON_NOT_HERE = "the order's reason is not among the data"
UNCONFIRMED = "diagnosis not confirmed"
NOT_LIVER = "not_liver_tumour"


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
        return Aim(unknown(TUMOUR, REASON_NOT_HERE)._replace(last=None if only.is_unknown else only))
    named = _of_codes(codes or [key for each in found for key in each.keys], diagnoses, context)
    return Aim(only, sure) if named is None else Aim(named, sure, by_reason=True)


def _of_codes(codes: Sequence[Key], diagnoses: Sequence[Diagnosis], context: Context) -> Fact | None:
    """None where the codes name no tumour. A primary means its metastases in the liver, if such are on record."""
    named = [values for key in codes if (values := kinds_of(key, in_liver=False))]
    if named:
        possible = frozenset().union(*named)
        if any(by_primary(key) for key in codes):
            possible = possible & primaries(diagnoses) or possible
        return fact_of(TUMOUR, Found(values=tuple(possible)), on=context.today, source="order")
    sites = {kind for key in codes if (kind := lookup.primary_kind(key))}
    if not sites:
        return None
    on_record = {kind for each in diagnoses if each.active for kind in kinds(each, diagnoses, context)}
    possible = frozenset(sites & on_record) or frozenset({*sites, NOT_LIVER})
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
