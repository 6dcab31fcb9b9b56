"""Feedback to the outbox: acknowledged only when it lies safely on disk."""

from __future__ import annotations

from cds_hooks.models import FeedbackItem
from cds_hooks.registry import Call, FeedbackHandler
from service.records.outbox import Outbox
from service.web.metrics import Metrics

ANONYMOUS = "demo"


def store_feedback(outbox: Outbox, metrics: Metrics) -> FeedbackHandler:
    """A handler that returns when every item is durable and raises UnavailableError otherwise."""

    def handle(service_id: str, items: tuple[FeedbackItem, ...], call: Call) -> None:
        outbox.append_feedback(service_id, call.client or ANONYMOUS, items, call.received_at)
        for item in items:
            metrics.feedback.labels(item.outcome).inc()

    return handle
