"""Is the process alive, is it ready, what has it done: /livez, /readyz, /metrics."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from service.records.records import Records
from service.records.storage import StorageUnavailableError


def health_blueprint(registry: CollectorRegistry, records: Records, limits_of: datetime | None = None) -> Blueprint:
    """Ready means: knowledge is loaded (else there were no app) and feedback has a place to go on this machine's disk.

    A database that is away, or a copy that stands in for the file of thresholds as of `limits_of`, costs nothing yet,
    so it is told and takes no service away that can still answer.
    """
    standing = {}
    if limits_of:
        standing["thresholds"] = f"as read {limits_of:%Y-%m-%dT%H:%MZ}; the file has changed since or cannot be read"
    blueprint = Blueprint("health", __name__)
    waiting = CollectorRegistry()
    waiting.register(_Waiting(records))

    @blueprint.get("/livez")
    def alive() -> Response:
        return jsonify({"status": "alive"})

    @blueprint.get("/readyz")
    def ready() -> tuple[Response, int]:
        troubles = records.troubles() | standing
        status = "not ready" if "outbox" in troubles else "degraded" if troubles else "ready"
        return jsonify({"status": status, **troubles}), 503 if "outbox" in troubles else 200

    @blueprint.get("/metrics")
    def metrics() -> Response:
        text = generate_latest(_collected(registry)) + generate_latest(waiting)
        return Response(text, content_type=CONTENT_TYPE_LATEST)

    return blueprint


class _Waiting(Collector):
    """Looked at when asked for: one file serves all workers."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with suppress(StorageUnavailableError):
            number = self._records.outbox.waiting()
            yield GaugeMetricFamily("liver_cds_outbox_waiting", "Records not yet in the database", number)


def _collected(registry: CollectorRegistry) -> CollectorRegistry:
    """All workers' figures where the server shares a folder for them, else this process's own."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return registry
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together
