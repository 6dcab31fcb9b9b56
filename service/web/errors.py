"""Errors outside the protocol's own routes: the same shape, an OperationOutcome, and never what happened inside."""

from __future__ import annotations

import logging
import traceback
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed as Werkzeug405

from cds_hooks import json
from cds_hooks.errors import BadRequestError, MethodNotAllowedError, NotFoundError, ProtocolError

_CODES = {401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 413: "too-long", 415: "not-supported"}
_log = logging.getLogger(__name__)


class UnknownHostError(BadRequestError):
    words = "The request names a host that this service does not answer for."


class _NoPageError(NotFoundError):
    words = "There is nothing here."


class _InternalError(ProtocolError):
    status = 500
    code = "exception"
    words = "The service failed."


def register_errors(app: Flask) -> None:
    """Every error of `app` that no blueprint answers for."""
    app.register_error_handler(ProtocolError, _answer)
    app.register_error_handler(HTTPException, _of_werkzeug)
    app.register_error_handler(Exception, _failed)


def _of_werkzeug(error: HTTPException) -> Response | HTTPException:
    if (error.code or 500) < 400:
        return error
    if isinstance(error, Werkzeug405):
        return _answer(MethodNotAllowedError(tuple(sorted(error.valid_methods or ()))))
    if error.code == 404:
        return _answer(_NoPageError())
    issue = {"severity": "error", "code": _CODES.get(error.code or 0, "invalid"), "details": {"text": error.name}}
    return _json({"resourceType": "OperationOutcome", "issue": [issue]}, error.code or 500)


def _failed(error: Exception) -> Response:
    # the message of an exception may quote a record, so only its kind and place are logged
    frame = traceback.extract_tb(error.__traceback__)[-1]
    _log.error("a page failed: %s at %s:%s", type(error).__name__, frame.filename, frame.lineno)
    return _answer(_InternalError())


def _answer(error: ProtocolError) -> Response:
    response = _json(error.outcome(), error.status)
    if error.allow:
        response.headers["Allow"] = ", ".join(error.allow)
    return response


def _json(outcome: dict[str, Any], status: int) -> Response:
    is_fhir = request.path.startswith("/fhir/")
    return Response(json.encode(outcome), status, content_type=f"application/{'fhir+' if is_fhir else ''}json")
