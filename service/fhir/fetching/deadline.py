"""One moment by which everything has to be done. The clock is monotonic and handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.fhir.fetching.outcome import FetchError, Outcome

Clock = Callable[[], float]
"""Monotonic seconds."""


@dataclass(frozen=True, slots=True)
class Deadline:
    until: float
    clock: Clock

    @property
    def left(self) -> float:
        """Seconds, never negative."""
        return max(0.0, self.until - self.clock())

    def required(self) -> float:
        """Seconds left, more than none. Raises FetchError when there are none."""
        left = self.left
        if not left:
            raise FetchError(Outcome.TIMEOUT)
        return left
