"""Who is let in, and when: seats first, then the token, then the client's budget, then a turn. Knows no medicine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from flask import Flask, g
from werkzeug.datastructures import Headers

from cds_hooks.blueprint import Authenticate
from cds_hooks.endpoints import Endpoint
from cds_hooks.models import HookRequest, Response
from cds_hooks.registry import Call, Handler
from service.web.budgets import Budgets, ShedError
from service.web.metrics import Metrics


def admission(authenticate: Authenticate | None, budgets: Budgets, metrics: Metrics) -> Authenticate:
    """`authenticate` with what it costs bounded: a full house is said before a signature is checked.

    What is taken stays taken until the request is over; `leave` gives it back.
    """

    def admit(headers: Headers, endpoint: Endpoint) -> str | None:
        try:
            return _admitted(headers, endpoint)
        except ShedError as error:
            metrics.shed.labels(error.limit).inc()
            raise

    def _admitted(headers: Headers, endpoint: Endpoint) -> str | None:
        if endpoint.service_id is None:
            return _client(headers, endpoint)
        seats = budgets.feedback if endpoint.is_feedback else budgets.calls
        _stay().enter_context(seats.taken("queue"))
        client = _client(headers, endpoint)
        if endpoint.is_feedback:
            budgets.report(client)
        else:
            _stay().enter_context(budgets.call(client))
        return client

    def _client(headers: Headers, endpoint: Endpoint) -> str | None:
        client = authenticate(headers, endpoint) if authenticate else None
        g.client = client
        return client

    return admit


def leave(app: Flask) -> None:
    """Gives back at the end of every request of `app` what admission took."""

    @app.teardown_request
    def give_back(_error: BaseException | None) -> None:
        stay = g.pop("stay", None)
        if stay is not None:
            stay.close()


def in_turn(handler: Handler, budgets: Budgets, metrics: Metrics) -> Callable[[HookRequest, Call], Response]:
    """The same handler, as many at once as the worker has turns."""

    def handle(request: HookRequest, call: Call) -> Response:
        try:
            with budgets.turn():
                return handler(request, call)
        except ShedError as error:
            metrics.shed.labels(error.limit).inc()
            raise

    return handle


def _stay() -> ExitStack:
    if "stay" not in g:
        g.stay = ExitStack()
    stay: ExitStack = g.stay
    return stay
