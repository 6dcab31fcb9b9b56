"""What came for each prefetch key: data, nothing, an error, or a part. Looks at no resource further than its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from cds_hooks import json
from cds_hooks.bundles import Bundle, is_benign, read_typed


class State(StrEnum):
    """What a prefetch value is.

    ABSENT      the key did not come: the client declined or failed
    NULL        the client looked and has nothing: do not fetch again
    EMPTY       a search that found nothing: the same
    OUTCOME     an OperationOutcome instead of data: not available, which is not "no data"
    PAGED       a Bundle with a next page: what came is not all
    RESOURCE    one resource
    BUNDLE      a Bundle with resources
    UNREADABLE  anything else: nothing can be concluded from it
    """

    ABSENT = "absent"
    NULL = "null"
    EMPTY = "empty"
    OUTCOME = "outcome"
    PAGED = "paged"
    RESOURCE = "resource"
    BUNDLE = "bundle"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Prefetched:
    """What came for one key; iterating gives its resources, undecoded, outcomes left out.

    trouble    why what came may not be all that there is, in plain words; "" when nothing says so
    outcomes   OperationOutcomes that came, undecoded
    next_page  URL of the next page as the client gave it; check its origin before following it
    """

    key: str
    state: State
    resources: tuple[msgspec.Raw, ...] = ()
    outcomes: tuple[msgspec.Raw, ...] = ()
    next_page: str | None = None
    trouble: str = ""

    def __iter__(self) -> Iterator[msgspec.Raw]:
        return iter(self.resources)

    @property
    def is_complete(self) -> bool:
        """Whether what is not here may be taken as not in the record."""
        return not self.trouble


def classify(keys: Iterable[str], received: Mapping[str, msgspec.Raw] | None) -> dict[str, Prefetched]:
    """Every declared key, in its order, with what came for it; keys that nobody declared are ignored."""
    values = received or {}
    return {key: _prefetched(key, values.get(key)) for key in keys}


def _prefetched(key: str, value: msgspec.Raw | None) -> Prefetched:
    if value is None:
        return Prefetched(key, State.ABSENT, trouble="not sent")
    if bytes(value).strip() == b"null":
        return Prefetched(key, State.NULL)
    try:
        return _read(key, value)
    except json.BadJsonError as error:
        return Prefetched(key, State.UNREADABLE, trouble=f"not readable: {error.words}")


def _read(key: str, value: msgspec.Raw) -> Prefetched:
    kind, bundle = read_typed(value)
    if bundle is not None:
        return _of_bundle(key, bundle)
    match kind:
        case "":
            return Prefetched(key, State.UNREADABLE, trouble="not a FHIR resource")
        case "OperationOutcome":
            return Prefetched(key, State.OUTCOME, outcomes=(value,), trouble="an error came instead of data")
        case _:
            return Prefetched(key, State.RESOURCE, resources=(value,))


def _of_bundle(key: str, bundle: Bundle) -> Prefetched:
    trouble = _trouble(bundle)
    return Prefetched(
        key,
        _state(bundle, trouble),
        resources=bundle.resources,
        outcomes=bundle.outcomes,
        next_page=bundle.next_page,
        trouble=trouble,
    )


def _trouble(bundle: Bundle) -> str:
    if not all(is_benign(outcome) for outcome in bundle.outcomes):
        return "an error came with the data"
    if bundle.is_paged:
        return "more pages follow"
    if bundle.hollow_entries:
        return "entries came without their resources"
    if bundle.total and not bundle.resources:
        return "resources were counted but did not come"
    return ""


def _state(bundle: Bundle, trouble: str) -> State:
    if bundle.is_paged:
        return State.PAGED
    if bundle.resources:
        return State.BUNDLE
    if not trouble:
        return State.EMPTY
    return State.OUTCOME if bundle.outcomes else State.UNREADABLE
