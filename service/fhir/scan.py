"""The cheap first look at every resource: only what selection needs, the rest left as bytes. Knows no facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
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


class Item(Struct, frozen=True):
    """One resource as it arrived. `source` is "Observation/b1", or the place ("labs[3]") where it has no id.

    `crooked`: its head could not be read as FHIR shapes it, so it cannot be valid; what could be seen is in `head`.
    """

    place: str
    raw: bytes | Raw
    head: Head
    crooked: bool = False

    @property
    def kind(self) -> str:
        return self.head.resource_type

    @property
    def source(self) -> str:
        return f"{self.kind}/{self.head.id}" if self.head.id and self.kind else self.place

    @property
    def codings(self) -> Iterable[Coding]:
        return codings(self.head.code)

    @property
    def links(self) -> Iterable[str]:
        """References of `Patient.link`."""
        others = (link.other for link in self.head.link or ())
        return (other.reference for other in others if other is not None and other.reference)


class NotAResourceError(ValueError):
    """The bytes are no JSON object with a resourceType; the text says which rule is broken."""


_decoder = msgspec.json.Decoder(Head)


def scan(place: str, raw: bytes | Raw) -> Item:
    try:
        try:
            return Item(place, raw, _decoder.decode(raw))
        except msgspec.ValidationError:
            return Item(place, raw, _crooked_head(raw), crooked=True)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise NotAResourceError("not readable as JSON") from error


def codings(concept: Concept | None) -> Iterable[Coding]:
    return concept.coding or () if concept is not None else ()


def _crooked_head(raw: bytes | Raw) -> Head:
    """Whatever fits its type, the rest left out: enough to say which facts the resource might have given."""
    content = msgspec.json.decode(raw)
    if not isinstance(content, dict):
        raise NotAResourceError("not a JSON object")
    kind = content.get("resourceType")
    if not isinstance(kind, str):
        raise NotAResourceError("no resourceType")
    return _fitting(content, kind)


def _fitting(content: dict[str, Any], kind: str) -> Head:
    parts: dict[str, Any] = {}
    for field in msgspec.structs.fields(Head):
        if field.encode_name in content and field.name not in {"type", "contained"}:
            try:
                parts[field.name] = msgspec.convert(content[field.encode_name], field.type)
            except msgspec.ValidationError:
                continue
    parts["resource_type"] = kind
    if "code" not in parts and "code" in content:
        parts["code"] = Concept(list(codings_within(content["code"])))
    return Head(**parts)


def codings_within(content: Any) -> Iterable[Coding]:
    """Every system and code found anywhere inside, whatever the shape around them (R5's `code.concept` too)."""
    if isinstance(content, list):
        for part in content:
            yield from codings_within(part)
    elif isinstance(content, dict):
        system, code = content.get("system"), content.get("code")
        if isinstance(system, str) and isinstance(code, str):
            yield Coding(system, code)
        for part in content.values():
            yield from codings_within(part)
