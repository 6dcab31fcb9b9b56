"""One line per request: who, which hook, what came of it, how long it took. No path, no parameter, no patient data."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from time import perf_counter
from uuid import uuid4

from flask import Flask, Response, g, request

from cds_hooks.registry import Service
from service.web.logs import request_id
from service.web.security import PROBES

HEADER = "X-Request-Id"
# a proxy's own id is taken over only in a form that can hold no name and no record number
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_log = logging.getLogger(__name__)


def log_requests(app: Flask, services: Iterable[Service]) -> None:
    """Gives every request an id, in all its log lines and in its answer, and logs it when it is answered."""
    hooks = {service.id: service.hook for service in services}

    @app.before_request
    def begin() -> None:
        sent = request.headers.get(HEADER, "")
        g.started, g.request_id = perf_counter(), sent if _ID.fullmatch(sent) else uuid4().hex
        request_id.set(g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers[HEADER] = g.request_id
        if request.path not in PROBES or response.status_code >= 400:
            _write(response, _place(hooks))
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        request_id.set("")


def _write(response: Response, place: str) -> None:
    fields = {
        "client": g.get("client"),
        "hook": place,
        "status": response.status_code,
        "ms": round((perf_counter() - g.started) * 1000),
    }
    _log.info("answered", extra={"fields": fields})


def _place(hooks: dict[str, str]) -> str:
    """The hook, or the route's pattern: the path itself is the caller's text."""
    rule = request.url_rule.rule if request.url_rule else "nothing"
    hook = hooks.get((request.view_args or {}).get("service_id", ""))
    if hook is None:
        return rule
    return f"{hook} feedback" if rule.endswith("/feedback") else hook
