"""What is counted. No patient, identifier or free text ever becomes a label."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram

from service.rules.decision import Decision
from service.web.unknowns import unknown_reasons

Span = Callable[[str], AbstractContextManager[object]]
"""makes the span of a phase by its name"""
PHASES = ("fetch", "judge", "write")
OUTCOMES = ("cards", "no_cards", "failed")
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0, 8.0)
"""seconds; closer around the 500 ms in which an EHR expects its answer"""


class Metrics:
    """The service's metrics in a registry of their own, so that two apps in one process do not collide.

    span  what else is done around a phase: nothing, or a span of the trace
    """

    def __init__(self, span: Span = nullcontext) -> None:
        self._span = span
        self.registry = CollectorRegistry()
        self.calls = self._counter("calls", "Hook calls", "client", "hook", "outcome")
        self.seconds = self._histogram("call_seconds", "Duration of a hook call", "client", "hook")
        self.phases = self._histogram("phase_seconds", "Duration of a part of a hook call", "phase")
        self.statuses = self._counter("decisions", "Decisions", "client", "therapy", "status")
        self.unknown = self._counter("unknown_facts", "Facts that findings wait for", "client", "reason")
        self.degraded = self._counter(
            "degraded", "Orders answered without or with part of the data", "client", "reason"
        )
        self.unmapped = self._counter("unmapped_orders", "Orders not mapped", "client")
        self.fetches = self._counter("fetches", "Queries to FHIR servers", "client", "outcome")
        self.lost = self._counter("records_lost", "Records that could not be kept")
        self.refused = self._counter("refused", "Calls refused with 401", "reason")
        self.shed = self._counter("shed", "Calls turned away with 503", "limit")
        self.feedback = self._counter("feedback", "Feedback items stored", "client", "outcome")

    def expect(self, clients: Iterable[str], hooks: Sequence[str]) -> None:
        """Counts of these clients begin at nought: the silence of one that never called can be seen too."""
        for client in clients:
            for hook in hooks:
                for outcome in OUTCOMES:
                    self.calls.labels(client, hook, outcome)

    def decided(self, client: str, decisions: Sequence[Decision]) -> None:
        """The decisions on one order."""
        for decision in decisions:
            self.statuses.labels(client, decision.therapy, decision.status.word).inc()
        for reason, number in Tally(unknown_reasons(decisions)).items():
            self.unknown.labels(client, reason).inc(number)
        if any(decision.incomplete for decision in decisions):
            self.degraded.labels(client, "incomplete").inc()

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Times what runs inside as one of PHASES."""
        started = perf_counter()
        try:
            with self._span(name):
                yield
        finally:
            self.phases.labels(name).observe(perf_counter() - started)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"liver_cds_{name}", words, labels, registry=self.registry)

    def _histogram(self, name: str, words: str, *labels: str) -> Histogram:
        return Histogram(f"liver_cds_{name}", words, labels, registry=self.registry, buckets=_BUCKETS)
