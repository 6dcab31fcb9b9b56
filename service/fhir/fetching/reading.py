"""One answer of a record system judged: is it what was asked for? Everything else is "not available", never "none"."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from cds_hooks import json
from cds_hooks.bundles import resource_type
from cds_hooks.prefetch import Prefetched, State, classify
from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.query import Query

_REFUSED = {State.ABSENT: Outcome.UNREADABLE, State.NULL: Outcome.UNREADABLE, State.OUTCOME: Outcome.ERROR}


def read_answer(query: Query, body: bytes) -> Prefetched:
    """What came for a query. Raises FetchError for an error, HTML, or another kind of data than was asked for."""
    value = classify((query.key,), {query.key: msgspec.Raw(body)})[query.key]
    if value.state is State.UNREADABLE and not value.resources:
        raise FetchError(Outcome.UNREADABLE)
    if value.state in _REFUSED:
        raise FetchError(_REFUSED[value.state])
    if (value.state is State.RESOURCE) is query.is_search:
        raise FetchError(Outcome.WRONG_KIND)
    return _of_kind(query, value)


def _of_kind(query: Query, value: Prefetched) -> Prefetched:
    """Without resources of types that nobody asked for. What has no readable type stays, to be listed as unreadable."""
    kept = tuple(raw for raw in value.resources if _kind(raw) in query.kinds | {""})
    if len(kept) == len(value.resources):
        return value
    if not kept and not value.next_page:
        raise FetchError(Outcome.WRONG_KIND)
    return replace(value, resources=kept, trouble=value.trouble or Outcome.WRONG_KIND.words)


def _kind(raw: msgspec.Raw) -> str:
    try:
        return resource_type(raw)
    except json.BadJsonError:
        return ""
