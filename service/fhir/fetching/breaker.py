"""Leaves a server alone that has not been answering, and tries it again with one call after a pause."""

from __future__ import annotations

from threading import Lock

from service.fhir.fetching.deadline import Clock


class Breaker:
    """Of one client and one base. Opens after `failures` calls in a row without any answer."""

    def __init__(self, clock: Clock, failures: int, pause: float) -> None:
        self._clock = clock
        self._most = failures
        self._pause = pause
        self._lock = Lock()
        self._failed = 0
        self._since = 0.0

    @property
    def is_open(self) -> bool:
        return self._failed >= self._most

    def admits(self) -> bool:
        """Whether a call may be made. Of the calls after a pause one is let through; its report decides."""
        with self._lock:
            if not self.is_open:
                return True
            if self._clock() - self._since < self._pause:
                return False
            # the probe may never report (a killed thread): then the next pause brings the next probe
            self._since = self._clock()
            return True

    def report(self, *, answered: bool) -> None:
        with self._lock:
            self._failed = 0 if answered else self._failed + 1
            if not answered:
                self._since = self._clock()
