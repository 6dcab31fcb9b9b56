"""Hooks of the HL7 library: context members, which are required, and which may stand in prefetch tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

USER_TOKENS: Mapping[str, str] = {
    "userPractitionerId": "Practitioner",
    "userPractitionerRoleId": "PractitionerRole",
    "userPatientId": "Patient",
    "userRelatedPersonId": "RelatedPerson",
}
"""Token -> the type of `context.userId` for which it has a value."""


@dataclass(frozen=True, slots=True)
class Hook:
    """`tokens`: root-level primitive context members that the hook's definition allows in prefetch templates;
    `required`: members that the context must have."""

    tokens: frozenset[str]
    required: tuple[str, ...]


_USER_PATIENT_ENCOUNTER = frozenset({"userId", "patientId", "encounterId"})


def _hook(*more: str) -> Hook:
    return Hook(_USER_PATIENT_ENCOUNTER, ("userId", "patientId", *more))


HOOKS: Mapping[str, Hook] = {
    "patient-view": _hook(),
    "order-select": _hook("selections", "draftOrders"),
    "order-sign": _hook("draftOrders"),
    "order-dispatch": Hook(
        frozenset({"patientId", "dispatchedOrders", "performer"}), ("patientId", "dispatchedOrders", "performer")
    ),
    "appointment-book": _hook("appointments"),
    "encounter-start": _hook("encounterId"),
    "encounter-discharge": _hook("encounterId"),
}
