"""How much one call may still read, counted across its parallel queries."""

from __future__ import annotations

from threading import Lock

from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.registration import Limits


class Budget:
    """`take_bytes` and `take_entries` raise FetchError when a call has had its share."""

    def __init__(self, limits: Limits) -> None:
        self._lock = Lock()
        self._bytes = limits.call_bytes
        self._entries = limits.entries

    def take_bytes(self, number: int) -> None:
        with self._lock:
            self._bytes -= number
            self._check(self._bytes)

    def take_entries(self, number: int) -> None:
        with self._lock:
            self._entries -= number
            self._check(self._entries)

    @staticmethod
    def _check(left: int) -> None:
        if left < 0:
            raise FetchError(Outcome.TOO_LARGE)
