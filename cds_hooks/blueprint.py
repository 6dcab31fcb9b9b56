"""The protocol over HTTP: discovery, services, feedback, CORS. The only file here that imports Flask."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Blueprint, Response, request
from werkzeug.datastructures import Headers
from werkzeug.wsgi import get_input_stream

from cds_hooks import json
from cds_hooks.dispatch import Caught, Fallback, answer, take_feedback
from cds_hooks.endpoints import ROOT, Endpoint
from cds_hooks.errors import (
    BadRequestError,
    ContentTooLargeError,
    MethodNotAllowedError,
    NotFoundError,
    ProtocolError,
    UnavailableError,
    UnsupportedMediaTypeError,
)
from cds_hooks.registry import Call, Registry

Authenticate = Callable[[Headers, Endpoint], str | None]
"""The client's name from the request's headers; raises UnauthorizedError or ForbiddenError."""

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
_CHUNK = 65_536
_log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Options:
    """What the protocol leaves to whoever runs it.

    fallback           answers for a handler that failed
    authenticate       None: everybody may call (demonstrations only)
    protect_discovery  whether discovery demands authentication too
    allowed_origins    origins of browser clients, exact ("https://sandbox.example"); none by default
    max_body           bytes
    clock              the time now, with its zone
    """

    fallback: Fallback
    authenticate: Authenticate | None = None
    protect_discovery: bool = False
    allowed_origins: frozenset[str] = field(default_factory=frozenset)
    max_body: int = 8 * 1024 * 1024
    clock: Callable[[], datetime] = _now


def make_blueprint(registry: Registry, options: Options) -> Blueprint:
    """Routes for every service in the registry. Its errors are OperationOutcomes, and a hook never answers 500."""
    blueprint = Blueprint("cds_hooks", __name__)
    views = _Views(registry, options)
    for rule, view in (
        (ROOT, views.discovery),
        (f"{ROOT}/<service_id>", views.service),
        (f"{ROOT}/<service_id>/feedback", views.feedback),
        (f"{ROOT}/", views.nothing),
        (f"{ROOT}/<path:rest>", views.nothing),
    ):
        blueprint.add_url_rule(rule, view_func=view, methods=_METHODS, provide_automatic_options=False)
    blueprint.register_error_handler(Exception, _failed)
    blueprint.after_request(views.add_headers)
    return blueprint


class _Views:
    def __init__(self, registry: Registry, options: Options) -> None:
        self._registry = registry
        self._options = options

    def discovery(self) -> Response:
        if preflight := _preflight("GET", "HEAD"):
            return preflight
        if self._options.protect_discovery:
            self._call(Endpoint())
        return _json(json.encode(self._registry.discovery()))

    def service(self, service_id: str) -> Response:
        if preflight := _preflight("POST"):
            return preflight
        call = self._call(Endpoint(service_id))
        body = self._body(service_id)
        return _json(answer(self._registry, self._options.fallback, service_id, body, call))

    def feedback(self, service_id: str) -> Response:
        if preflight := _preflight("POST"):
            return preflight
        call = self._call(Endpoint(service_id, is_feedback=True))
        return _json(take_feedback(self._registry, service_id, self._body(service_id), call))

    def nothing(self, **_path: str) -> Response:
        raise NotFoundError

    def add_headers(self, response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if self._options.allowed_origins:
            response.vary.add("Origin")
            self._add_origin(response)
        return response

    def _add_origin(self, response: Response) -> None:
        origin = request.headers.get("Origin", "")
        if origin in self._options.allowed_origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization"

    def _call(self, endpoint: Endpoint) -> Call:
        authenticate = self._options.authenticate
        client = authenticate(request.headers, endpoint) if authenticate else None
        return Call(client, self._options.clock())

    def _body(self, service_id: str) -> bytes:
        if not self._registry.hooks(service_id):
            raise NotFoundError
        _check_media_type()
        return _read_body(self._options.max_body)


def _preflight(*allowed: str) -> Response | None:
    """The answer to OPTIONS, which carries no token; MethodNotAllowedError for a method that is not allowed here."""
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": ", ".join((*allowed, "OPTIONS"))})
    if request.method not in allowed:
        raise MethodNotAllowedError((*allowed, "OPTIONS"))
    return None


def _check_media_type() -> None:
    kind = request.mimetype
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if not is_json or charset not in {"utf-8", "utf8"} or encoding != "identity":
        raise UnsupportedMediaTypeError("Content-Type: application/json, without Content-Encoding")


def _read_body(limit: int) -> bytes:
    """Reads to one byte beyond the limit: Flask's own limit cuts a chunked body short and tells nobody."""
    if (request.content_length or 0) > limit:
        raise ContentTooLargeError(f"at most {limit} bytes")
    body = bytearray()
    with Caught("reading a body") as caught:
        stream = get_input_stream(request.environ)
        while len(body) <= limit and (part := stream.read(min(_CHUNK, limit + 1 - len(body)))):
            body += part
    # for a body that ends early or is not well framed each server has exceptions of its own, or lets it pass
    if caught.error or len(body) < (request.content_length or 0):
        raise BadRequestError("the body did not come whole, or not in good chunks")
    if len(body) > limit:
        raise ContentTooLargeError(f"at most {limit} bytes")
    return bytes(body)


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status=status, content_type="application/json")


def _failed(error: Exception) -> Response:
    outcome = _outcome(error)
    response = _json(json.encode(outcome.outcome()), outcome.status)
    if outcome.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if outcome.allow:
        response.headers["Allow"] = ", ".join(outcome.allow)
    if outcome.retry_after is not None:
        response.headers["Retry-After"] = str(outcome.retry_after)
    return response


def _outcome(error: Exception) -> ProtocolError:
    if isinstance(error, ProtocolError):
        return error
    # the message may quote the request, so only the kind is logged
    _log.error("the protocol layer failed: %s", type(error).__name__)
    return UnavailableError()
