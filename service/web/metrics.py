"""What is counted. No patient, identifier or free text ever becomes a label."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram


class Metrics:
    """The service's metrics in a registry of their own, so that two apps in one process do not collide."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.calls = Counter("liver_cds_calls", "Hook calls", ("hook", "outcome"), registry=self.registry)
        self.seconds = Histogram("liver_cds_call_seconds", "Duration of a hook call", ("hook",), registry=self.registry)
        self.statuses = Counter("liver_cds_decisions", "Decisions", ("therapy", "status"), registry=self.registry)
        self.unmapped = Counter("liver_cds_unmapped_orders", "Orders not mapped", ("client",), registry=self.registry)
        self.fetches = Counter(
            "liver_cds_fetches", "Queries to FHIR servers", ("client", "outcome"), registry=self.registry
        )
        self.lost = Counter("liver_cds_records_lost", "Records that could not be kept", registry=self.registry)
        self.refused = Counter("liver_cds_refused", "Calls refused with 401", ("reason",), registry=self.registry)
        self.shed = Counter("liver_cds_shed", "Calls turned away with 503", ("limit",), registry=self.registry)
        self.feedback = Counter("liver_cds_feedback", "Feedback items stored", ("outcome",), registry=self.registry)
