"""Counts calls and their time around a handler."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from cds_hooks.models import HookRequest, Response
from cds_hooks.registry import Call, Handler
from service.web.metrics import Metrics


def measured(
    handler: Handler, metrics: Metrics, client_of: Callable[[Call], str]
) -> Callable[[HookRequest, Call], Response]:
    """The same handler; every call is counted with whether it gave cards, none, or failed."""

    def handle(request: HookRequest, call: Call) -> Response:
        started, outcome = perf_counter(), "failed"
        try:
            response = handler(request, call)
            outcome = "cards" if response.cards else "no_cards"
            return response
        finally:
            client = client_of(call)
            metrics.calls.labels(client, request.hook, outcome).inc()
            metrics.seconds.labels(client, request.hook).observe(perf_counter() - started)

    return handle
