"""Feedback to the outbox: acknowledged only when it lies safely on disk."""

from __future__ import annotations

import logging

from cds_hooks.errors import UnavailableError
from cds_hooks.models import FeedbackItem
from cds_hooks.registry import Call, FeedbackHandler
from service.records.outbox import Outbox
from service.records.storage import StorageUnavailableError
from service.web.metrics import Metrics

_log = logging.getLogger(__name__)


def store_feedback(outbox: Outbox, metrics: Metrics, anonymous: str) -> FeedbackHandler:
    """A handler that returns when every item is durable and raises UnavailableError otherwise.

    anonymous  the client that calls without a token are made for, as the hooks take it
    """

    def handle(service_id: str, items: tuple[FeedbackItem, ...], call: Call) -> None:
        try:
            outbox.append_feedback(service_id, call.client or anonymous, items, call.received_at)
        except StorageUnavailableError as error:
            _log.warning("feedback refused, as it could not be stored: %s %s", type(error).__name__, error)
            raise UnavailableError("the feedback could not be stored") from None
        for item in items:
            metrics.feedback.labels(call.client or anonymous, item.outcome).inc()

    return handle
