"""How much is let in: per client a rate and a number of calls at once, per worker a short queue. The rest is told to
come back. Knows no medicine; health is never asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock

from cds_hooks.errors import UnavailableError
from service.client_profiles.preferences import Budget
from service.fhir.fetching.deadline import Clock

PATIENCE_SECONDS = 0.75
"""how long a call may wait for its turn: EHRs go on without the card after one or two seconds"""
RETRY_AFTER_SECONDS = 1
NOBODY = ""
"""calls without a token share one budget"""


class Bucket:
    """Lets `rate` things a second through on average, and two seconds' worth at once. `clock`: monotonic seconds."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._rate = rate
        self._most = max(2 * rate, 1.0)
        self._clock = clock
        self._lock = Lock()
        self._left = self._most
        self._at = clock()

    def take(self) -> bool:
        with self._lock:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._at) * self._rate)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


class Seats:
    """At most `number` at once; whoever finds none is turned away at once."""

    def __init__(self, number: int) -> None:
        self._free = BoundedSemaphore(number)

    @contextmanager
    def taken(self, limit: str) -> Iterator[None]:
        """Raises ShedError."""
        if not self._free.acquire(blocking=False):
            raise ShedError(limit)
        try:
            yield
        finally:
            self._free.release()


class ShedError(UnavailableError):
    """Turned away before anything was done for it. `limit` is for metrics: rate, concurrency, queue or turn."""

    def __init__(self, limit: str) -> None:
        super().__init__("too many calls at this moment", retry_after=RETRY_AFTER_SECONDS)
        self.limit = limit


@dataclass(frozen=True, slots=True)
class _Allowance:
    calls: Bucket
    feedback: Bucket
    at_once: Seats


class Budgets:
    """Of one worker process. `turns`: calls judged at the same time; `queue`: calls that may wait for a turn."""

    def __init__(self, clients: Mapping[str, Budget], turns: int, queue: int, clock: Clock) -> None:
        self._allowances = {name: _allowance(budget, clock) for name, budget in clients.items()}
        self._allowances[NOBODY] = _allowance(Budget(), clock)
        self._turns = BoundedSemaphore(turns)
        self.calls = Seats(turns + queue)
        self.feedback = Seats(turns)

    @contextmanager
    def call(self, client: str | None) -> Iterator[None]:
        """One hook call of this client. Raises ShedError."""
        allowance = self._allowances[client or NOBODY]
        if not allowance.calls.take():
            raise ShedError("rate")
        with allowance.at_once.taken("concurrency"):
            yield

    def report(self, client: str | None) -> None:
        """One feedback report of this client. Raises ShedError."""
        if not self._allowances[client or NOBODY].feedback.take():
            raise ShedError("rate")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The time of judging. Raises ShedError when no turn comes in time."""
        if not self._turns.acquire(timeout=PATIENCE_SECONDS):
            raise ShedError("turn")
        try:
            yield
        finally:
            self._turns.release()


def _allowance(budget: Budget, clock: Clock) -> _Allowance:
    return _Allowance(
        Bucket(budget.calls_per_second, clock),
        Bucket(budget.feedback_per_second, clock),
        Seats(budget.concurrent_calls),
    )
