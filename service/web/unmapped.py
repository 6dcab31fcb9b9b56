"""Counts orders that look liver-directed and are not mapped. Only codes are kept; counting never delays a call."""

from __future__ import annotations

from service.fhir.orders import Order
from service.records.records import Records
from service.web.metrics import Metrics


class Unmapped:
    def __init__(self, records: Records, metrics: Metrics) -> None:
        self._records = records
        self._metrics = metrics

    def __call__(self, client: str, order: Order) -> None:
        self._metrics.unmapped.labels(client).inc()
        for system, code in order.codes or (("", ""),):
            self._records.unmapped(client, system, code)
