"""Completes the prefetch of one client's calls: parallel declared queries, one deadline, a breaker for each base."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from time import monotonic

from cds_hooks.prefetch import Prefetched
from cds_hooks.requests import HookRequest
from service.fhir.client import FhirClient, open_session
from service.fhir.fetching.access import Access, NoAccess, find_access
from service.fhir.fetching.base import Base
from service.fhir.fetching.breaker import Breaker
from service.fhir.fetching.budget import Budget
from service.fhir.fetching.deadline import Clock, Deadline
from service.fhir.fetching.line import Line
from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.paging import Reader
from service.fhir.fetching.query import Query, queries
from service.fhir.fetching.registration import FhirServers
from service.fhir.fetching.resolving import Resolve, checked_addresses, system_resolve
from service.fhir.fetching.results import Completed, Result, all_ended, cut_off, ended, value_now

__all__ = ["Completed", "Fetcher"]

Count = Callable[[str, str], None]
"""Called with the client's name and an outcome's label for every query; must not raise."""

_log = logging.getLogger(__name__)


class Fetcher:
    """Of one client. `templates`: the declared keys. `development`: http and loopback are allowed."""

    def __init__(
        self,
        client: str,
        servers: FhirServers,
        templates: Mapping[str, str],
        count: Count,
        *,
        development: bool = False,
        clock: Clock = monotonic,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._client = client
        self._servers = servers
        self._templates = templates
        self._count = count
        self._development = development
        self._clock = clock
        self._resolve = resolve
        self._networks = servers.read_networks()
        self._tls = servers.tls()
        limits = servers.limits
        self._breakers = {base: Breaker(clock, limits.failures, limits.pause_seconds) for base in servers.read_bases()}
        self._threads = ThreadPoolExecutor(limits.parallel, thread_name_prefix="fhir")

    def complete(
        self, prefetched: Mapping[str, Prefetched], request: HookRequest, patient_id: str, until: float
    ) -> Completed:
        """`prefetched` with what its absent keys and missing pages brought by `until` (monotonic). Never raises."""
        access = find_access(request, self._servers, patient_id, plain_http=self._development)
        if access is NoAccess.NOT_GIVEN:
            return Completed(prefetched, {})
        wanted, unfillable = queries(self._templates, prefetched, request.context, patient_id)
        if not wanted and not unfillable:
            return Completed(prefetched, {})
        if isinstance(access, NoAccess):
            _log.warning("nothing fetched for client %s: %s", self._client, access.value)
            return Completed(prefetched, {})
        results = self._ask(wanted, access, Deadline(until, self._clock))
        results |= dict.fromkeys(unfillable, (None, Outcome.UNFILLABLE))
        self._tell(results)
        values = {key: value_now(value, results.get(key)) for key, value in prefetched.items()}
        return Completed(values, {key: outcome for key, (_, outcome) in results.items()})

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _ask(self, wanted: Sequence[Query], access: Access, deadline: Deadline) -> dict[str, Result]:
        breaker = self._breakers[access.base]
        if not wanted:
            return {}
        if not breaker.admits():
            return all_ended(wanted, Outcome.PAUSED)
        results = all_ended(wanted, Outcome.TIMEOUT)
        try:
            results = self._fetch(wanted, access, self._addresses(access.base, deadline), deadline)
        except FetchError as error:
            results = all_ended(wanted, error.outcome)
        finally:
            _report(breaker, [outcome for _, outcome in results.values()])
        return results

    def _addresses(self, base: Base, deadline: Deadline) -> Sequence[str]:
        """Resolved in a thread: a name server that does not answer cannot be timed out."""
        resolving = self._threads.submit(
            checked_addresses, base, self._networks, loopback=self._development, resolve=self._resolve
        )
        try:
            return resolving.result(timeout=deadline.left)
        except TimeoutError:
            resolving.cancel()
        raise FetchError(Outcome.TIMEOUT)

    def _fetch(
        self, wanted: Sequence[Query], access: Access, addresses: Sequence[str], deadline: Deadline
    ) -> dict[str, Result]:
        limits = self._servers.limits
        line, budget = Line(addresses, access.base.port, deadline), Budget(limits)
        with open_session(access, line, self._tls, len(wanted)) as session:
            client = FhirClient(access, session, deadline, budget, limits.response_bytes)
            readers = {query.key: Reader(query, access.base, client.get, budget, limits.pages) for query in wanted}
            futures = {key: self._threads.submit(reader.read) for key, reader in readers.items()}
            _, late = wait(futures.values(), timeout=deadline.left)
            for future in late:
                future.cancel()
            line.cut()
        return {
            key: cut_off(readers[key]) if future in late else ended(readers[key], future)
            for key, future in futures.items()
        }

    def _tell(self, results: Mapping[str, Result]) -> None:
        for key, (_, outcome) in results.items():
            self._count(self._client, outcome.label)
            if outcome is not Outcome.ANSWERED:
                _log.warning("fetching %s for client %s: %s", key, self._client, outcome.label)


def _report(breaker: Breaker, outcomes: Sequence[Outcome]) -> None:
    """One answer to any query of the call shows that the server lives."""
    signs = {outcome.is_sign_of_life for outcome in outcomes} - {None}
    if signs:
        breaker.report(answered=True in signs)
