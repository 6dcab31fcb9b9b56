"""A Bundle opened into its resources, for files: fixtures, explanations, cohorts. Knows no facts.

Hook requests are opened by cds_hooks/prefetch in the same way.
"""

from __future__ import annotations

import msgspec
from msgspec import Raw, Struct

_UNIQUE = ("urn:", "http://", "https://")


_NONE = Raw(b"null")


class Entry(Struct, frozen=True, rename="camel"):
    full_url: str | None = None
    resource: Raw = _NONE


class Bundle(Struct, frozen=True, rename="camel"):
    resource_type: str
    entry: list[Raw] | None = None


class NotABundleError(ValueError):
    """The bytes are no Bundle; the text says which rule is broken."""


def open_bundle(content: bytes | Raw, place: str = "entry") -> list[tuple[str, bytes | Raw]]:
    """(place, raw resource) of every entry that holds one, in order.

    The place is the entry's fullUrl where it has one, so that references to it resolve, else "entry[3]".
    Raises NotABundleError. Entries without a resource (deleted, inlined) are passed over.
    """
    try:
        bundle = msgspec.json.decode(content, type=Bundle)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise NotABundleError("not a Bundle: malformed") from error
    if bundle.resource_type != "Bundle":
        raise NotABundleError("not a Bundle: another resourceType")
    opened = (_open(raw, f"{place}[{number}]") for number, raw in enumerate(bundle.entry or ()))
    return [each for each in opened if bytes(each[1]) != b"null"]


def _open(raw: Raw, place: str) -> tuple[str, bytes | Raw]:
    """What is no entry is handed on as it is, so that it is listed as unreadable rather than lost."""
    try:
        entry = msgspec.json.decode(raw, type=Entry)
    except msgspec.ValidationError:
        return place, raw
    return _place(entry.full_url, place), entry.resource


def _place(full_url: str | None, otherwise: str) -> str:
    return full_url if full_url and full_url.startswith(_UNIQUE) else otherwise
