"""One scan of a FHIR Bundle: resources stay undecoded, OperationOutcomes are told apart. Knows no contents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from cds_hooks import json

_OUTCOME = b"OperationOutcome"
_NULL = msgspec.Raw(b"null")
_BENIGN = frozenset({"information", "success"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a Bundle holds.

    resources       every resource that is not an OperationOutcome, undecoded, in order
    is_paged        a next page exists; next_page is None all the same when its link has no URL
    hollow_entries  entries without a resource
    total           the server's count of matches, None when not a number
    """

    resources: tuple[msgspec.Raw, ...]
    outcomes: tuple[msgspec.Raw, ...]
    is_paged: bool
    next_page: str | None
    hollow_entries: int
    total: int | None


class _Typed(msgspec.Struct, frozen=True, rename={"resource_type": "resourceType"}):
    resource_type: str = ""


class _Search(msgspec.Struct, frozen=True):
    mode: Any = None


class _Entry(msgspec.Struct, frozen=True):
    resource: msgspec.Raw = _NULL
    search: _Search | None = None


class _Link(msgspec.Struct, frozen=True):
    relation: str = ""
    url: str | None = None


class _Bundle(msgspec.Struct, frozen=True):
    entry: list[_Entry | None] | None = None
    link: list[_Link | None] | None = None
    total: Any = None


class _Issue(msgspec.Struct, frozen=True):
    severity: str = ""


class _Outcome(msgspec.Struct, frozen=True):
    issue: list[_Issue] = []


def resource_type(value: msgspec.Raw) -> str:
    """Its resourceType, "" when it has none. Raises BadJsonError when it is no JSON object."""
    return json.decode(value, _Typed).resource_type


def read_bundle(value: msgspec.Raw) -> Bundle:
    """Raises BadJsonError when its entries or links do not have the shape of a Bundle's."""
    scan = json.decode(value, _Bundle)
    entries = scan.entry or []
    resources: list[msgspec.Raw] = []
    outcomes: list[msgspec.Raw] = []
    for entry in entries:
        if entry is not None and bytes(entry.resource) != b"null":
            (outcomes if _is_outcome(entry) else resources).append(entry.resource)
    following = [link for link in scan.link or () if link and link.relation == "next"]
    return Bundle(
        resources=tuple(resources),
        outcomes=tuple(outcomes),
        is_paged=bool(following),
        next_page=following[0].url if following else None,
        hollow_entries=len(entries) - len(resources) - len(outcomes),
        total=scan.total if isinstance(scan.total, int) else None,
    )


def is_benign(outcome: msgspec.Raw) -> bool:
    """Whether an OperationOutcome only informs: a warning may mean that something was left out."""
    try:
        issues = json.decode(outcome, _Outcome).issue
    except json.BadJsonError:
        return False
    return bool(issues) and all(issue.severity in _BENIGN for issue in issues)


def _is_outcome(entry: _Entry) -> bool:
    if entry.search and entry.search.mode == "outcome":
        return True
    if _OUTCOME not in bytes(entry.resource):
        return False
    try:
        return resource_type(entry.resource) == _OUTCOME.decode()
    except json.BadJsonError:
        return False
