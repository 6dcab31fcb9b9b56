"""One scan of a FHIR Bundle: resources stay undecoded, OperationOutcomes are told apart. Knows no contents."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from cds_hooks import json

_BUNDLE = "Bundle"
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
    mode: msgspec.Raw = _NULL


class _Entry(msgspec.Struct, frozen=True):
    resource: msgspec.Raw = _NULL
    search: _Search | None = None


class _Link(msgspec.Struct, frozen=True):
    relation: str = ""
    url: str | None = None


class _Bundle(msgspec.Struct, frozen=True, rename={"resource_type": "resourceType"}):
    resource_type: str = ""
    entry: list[_Entry | None] | None = None
    link: list[_Link | None] | None = None
    total: msgspec.Raw = _NULL


class _Issue(msgspec.Struct, frozen=True):
    severity: str = ""


class _Outcome(msgspec.Struct, frozen=True):
    issue: list[_Issue] = []


def resource_type(value: msgspec.Raw) -> str:
    """Its resourceType, "" when it has none. Raises BadJsonError when it is no JSON object."""
    return json.decode(value, _Typed).resource_type


def read_typed(value: msgspec.Raw) -> tuple[str, Bundle | None]:
    """Its resourceType, and what it holds if it is a Bundle; read once, as it may be large.

    Raises BadJsonError when it is no JSON object, or a Bundle whose entries or links do not have a Bundle's shape.
    """
    try:
        scan = json.decode(value, _Bundle)
    except json.BadJsonError:
        kind = resource_type(value)
        if kind == _BUNDLE:
            raise
        return kind, None
    return scan.resource_type, _opened(scan) if scan.resource_type == _BUNDLE else None


def _opened(scan: _Bundle) -> Bundle:
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
        total=_count(scan.total),
    )


def is_benign(outcome: msgspec.Raw) -> bool:
    """Whether an OperationOutcome only informs: a warning may mean that something was left out."""
    try:
        issues = json.decode(outcome, _Outcome).issue
    except json.BadJsonError:
        return False
    return bool(issues) and all(issue.severity in _BENIGN for issue in issues)


def _count(total: msgspec.Raw) -> int | None:
    try:
        count = json.decode(total)
    except json.BadJsonError:
        return None
    return count if isinstance(count, int) else None


def _is_outcome(entry: _Entry) -> bool:
    if entry.search and bytes(entry.search.mode) == b'"outcome"':
        return True
    if _OUTCOME not in bytes(entry.resource):
        return False
    try:
        return resource_type(entry.resource) == _OUTCOME.decode()
    except json.BadJsonError:
        return False
