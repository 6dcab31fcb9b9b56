"""The cheap first look at every resource: only what selection needs, the rest left as bytes. Knows no facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Raw, Struct

from service.fhir.heads import Coding, Concept, Head


class Item(Struct, frozen=True):
    """One resource as it arrived. `kind` is its type; `source` is "Observation/b1", or the place ("labs[3]") where it
    has no id.

    `crooked`: its head could not be read as FHIR shapes it, so it cannot be valid; what could be seen is in `head`.
    """

    place: str
    raw: bytes | Raw
    head: Head
    kind: str
    source: str
    crooked: bool = False

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
            return _item(place, raw, _decoder.decode(raw))
        except msgspec.ValidationError:
            return _item(place, raw, _crooked_head(raw), crooked=True)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise NotAResourceError("not readable as JSON") from error


def _item(place: str, raw: bytes | Raw, head: Head, *, crooked: bool = False) -> Item:
    kind = head.resource_type
    return Item(place, raw, head, kind, f"{kind}/{head.id}" if kind and head.id else place, crooked)


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
