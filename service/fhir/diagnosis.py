"""Conditions that may be used: what is active, confirmed, unsure, over. Refuted ones never are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.fhir import lookup
from service.fhir.context import Context
from service.fhir.lookup import Key
from service.fhir.moments import Moment
from service.fhir.scan import Item
from service.fhir.tally import Tally
from service.fhir.times import when

ACTIVE = frozenset({"active", "recurrence", "relapse"})
NEVER_USED = frozenset({"refuted", "entered-in-error"})
UNSURE = frozenset({"unconfirmed", "provisional", "differential"})
OVER = frozenset({"inactive", "remission", "resolved"})
NOT_UNDERSTOOD = "of unclear status"
CONFIRMED = "confirmed"

TUMOUR = "target_tumour"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A Condition that may be used. `verification` is "" where the record is silent.

    `stated`: that it is active is said, not concluded from silence, so that it does not become stale.
    """

    item: Item
    model: Any
    keys: tuple[Key, ...]
    active: bool
    verification: str
    recorded: Moment | None
    stated: bool

    @property
    def is_unsure(self) -> bool:
        return self.verification in UNSURE or self.verification == NOT_UNDERSTOOD


def word(concept: Any) -> str:
    """The code of a status CodeableConcept, whatever its system."""
    codes = [coding.code.strip().lower() for coding in (concept.coding if concept else None) or () if coding.code]
    return codes[0] if codes else ""


def diagnoses(context: Context, tally: Tally) -> list[Diagnosis]:
    """Every Condition whose code says something; one that cannot be read spoils what it might have said."""
    found = []
    for item in context.shelf.of("Condition"):
        keys = tuple(lookup.keys(item.codings))
        facts = {meaning.fact for key in keys for meaning in lookup.condition(key)}
        primary = any(lookup.primary_kind(key) for key in keys)
        recorded = when(item, context.site.time_zone)
        if context.is_future(recorded):
            tally.ahead |= facts
            continue
        if not (facts or primary):
            continue
        model = context.model(item)
        if model is None:
            tally.spoiled({*facts, *({TUMOUR} if primary else ())}, recorded)
            continue
        found.append(_diagnosis(item, model, keys, recorded))
    return [each for each in found if each.verification not in NEVER_USED]


def diagnosis_of(item: Item, context: Context) -> Diagnosis | None:
    """One Condition, whatever its code; None if it cannot be read or never counts."""
    model = context.model(item)
    if model is None:
        return None
    found = _diagnosis(item, model, tuple(lookup.keys(item.codings)), when(item, context.site.time_zone))
    return None if found.verification in NEVER_USED else found


def _diagnosis(item: Item, model: Any, keys: tuple[Key, ...], recorded: Moment | None) -> Diagnosis:
    clinical = word(model.clinicalStatus)
    over = any(
        getattr(model, f"abatement{kind}") is not None for kind in ("DateTime", "Age", "Period", "Range", "String")
    )
    active = clinical not in OVER if clinical else not over
    verification = word(model.verificationStatus)
    if clinical not in {"", *ACTIVE, *OVER} or verification not in {"", CONFIRMED, *UNSURE, *NEVER_USED}:
        verification = NOT_UNDERSTOOD
    return Diagnosis(item, model, keys, active, verification, recorded, stated=bool(clinical))
