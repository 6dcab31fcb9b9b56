"""The few elements of any resource that are looked at before it is worth validating. Knows no facts."""

from __future__ import annotations

from msgspec import Raw, Struct


class Coding(Struct, frozen=True):
    system: str | None = None
    code: str | None = None


class Concept(Struct, frozen=True):
    coding: list[Coding] | None = None


class Reference(Struct, frozen=True):
    reference: str | None = None


class Period(Struct, frozen=True):
    start: str | None = None
    end: str | None = None


class Component(Struct, frozen=True):
    code: Concept | None = None


class Meta(Struct, frozen=True, rename="camel"):
    last_updated: str | None = None


class Link(Struct, frozen=True):
    other: Reference | None = None


class Head(Struct, frozen=True, rename="camel"):
    """What is looked at before a resource is worth validating. `contained` and `type` stay as they came."""

    resource_type: str
    id: str | None = None
    meta: Meta | None = None
    status: str | None = None
    code: Concept | None = None
    component: list[Component] | None = None
    subject: Reference | None = None
    patient: Reference | None = None
    medication_codeable_concept: Concept | None = None
    medication_reference: Reference | None = None
    effective_date_time: str | None = None
    effective_instant: str | None = None
    effective_period: Period | None = None
    performed_date_time: str | None = None
    performed_period: Period | None = None
    onset_date_time: str | None = None
    onset_period: Period | None = None
    period: Period | None = None
    status_date: str | None = None
    recorded_date: str | None = None
    started: str | None = None
    issued: str | None = None
    authored: str | None = None
    authored_on: str | None = None
    date_asserted: str | None = None
    date_time: str | None = None
    created: str | None = None
    start_date: str | None = None
    date: str | None = None
    birth_date: str | None = None
    link: list[Link] | None = None
    do_not_perform: bool | None = None
    intent: str | None = None
    questionnaire: str | None = None
    type: Raw = Raw(b"null")
    contained: list[Raw] | None = None
