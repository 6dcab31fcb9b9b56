"""Hooks of the HL7 library that services here may use: context members, and which may stand in prefetch tokens."""

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
    """`tokens`: root-level primitive context members that the hook's definition allows in prefetch templates."""

    tokens: frozenset[str]


_USER_PATIENT_ENCOUNTER = frozenset({"userId", "patientId", "encounterId"})

HOOKS: Mapping[str, Hook] = {
    "patient-view": Hook(_USER_PATIENT_ENCOUNTER),
    "order-select": Hook(_USER_PATIENT_ENCOUNTER),
    "order-sign": Hook(_USER_PATIENT_ENCOUNTER),
}
