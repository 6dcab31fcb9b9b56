"""Counts orders that look liver-directed and are not mapped. Only their codes are kept; counting never fails a call."""

from __future__ import annotations

import logging

from service.fhir.orders import Order
from service.records.outbox import Outbox
from service.records.storage import StorageUnavailableError
from service.web.metrics import Metrics

_log = logging.getLogger(__name__)


class Unmapped:
    def __init__(self, outbox: Outbox, metrics: Metrics) -> None:
        self._outbox = outbox
        self._metrics = metrics

    def __call__(self, client: str, order: Order) -> None:
        self._metrics.unmapped.labels(client).inc()
        for system, code in order.codes or (("", ""),):
            try:
                self._outbox.count_unmapped(client, system, code)
            except StorageUnavailableError as error:
                _log.warning("unmapped order not counted: %s", type(error).__name__)
