"""Is the process alive, is it ready, what has it done: /livez, /readyz, /metrics."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector


def health_blueprint(registry: CollectorRegistry, data_dir: Path) -> Blueprint:
    """Ready means: knowledge is loaded (else there were no app) and feedback has a place to go."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/livez")
    def alive() -> Response:
        return jsonify({"status": "alive"})

    @blueprint.get("/readyz")
    def ready() -> tuple[Response, int]:
        is_ready = os.access(data_dir, os.W_OK)
        return jsonify({"status": "ready" if is_ready else "data folder not writable"}), 200 if is_ready else 503

    @blueprint.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(_collected(registry)), content_type=CONTENT_TYPE_LATEST)

    return blueprint


def _collected(registry: CollectorRegistry) -> CollectorRegistry:
    """All workers' figures where the server shares a folder for them, else this process's own."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return registry
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together
