"""What came of a call's queries: the value of each key, and how each ended. Knows threads' futures, sends nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace

from cds_hooks.prefetch import Prefetched, State
from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.paging import Reader
from service.fhir.fetching.query import Query

Result = tuple[Prefetched | None, Outcome]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Completed:
    """What is there for every declared key, and what came of each query that was sent.

    A key that could not be had stays absent, with the reason in its `trouble`.
    """

    values: Mapping[str, Prefetched]
    outcomes: Mapping[str, Outcome]

    @property
    def ran_out_of_time(self) -> bool:
        return Outcome.TIMEOUT in self.outcomes.values()


def all_ended(wanted: Iterable[Query], outcome: Outcome) -> dict[str, Result]:
    return {query.key: (None, outcome) for query in wanted}


def cut_off(reader: Reader) -> Result:
    """Whatever its thread ends with now, it ends so because it was cut."""
    return reader.so_far(Outcome.TIMEOUT), Outcome.TIMEOUT


def ended(reader: Reader, future: Future[Prefetched]) -> Result:
    error = future.exception()
    if error is None:
        return future.result(), reader.outcome
    if isinstance(error, FetchError):
        return None, error.outcome
    _log.error("reading an answer failed: %s", type(error).__name__)
    return None, Outcome.UNREADABLE


def value_now(value: Prefetched, result: Result | None) -> Prefetched:
    """What is there for a key now. Where nothing came its state stays, with the reason in words."""
    if result is None:
        return value
    fetched, outcome = result
    if fetched is not None:
        return fetched
    return replace(value, trouble=outcome.words) if value.state is State.ABSENT else value
