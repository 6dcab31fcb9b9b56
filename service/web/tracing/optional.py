"""Loads tracing only where it is wanted, so that the service runs without OpenTelemetry."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.web.tracing.spans import Tracing


def tracing_to(endpoint: str) -> Tracing | None:
    """None without an address."""
    if not endpoint:
        return None
    made: Tracing = import_module("service.web.tracing.spans").to_collector(endpoint)
    return made
