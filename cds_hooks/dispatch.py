"""From a request's body to the answer's: parse, check, route, handle, and never fail a hook. Knows no web framework."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType

from cds_hooks import json
from cds_hooks.cards import Response
from cds_hooks.context import check_context
from cds_hooks.errors import BadRequestError, NotFoundError, ProtocolError, UnavailableError
from cds_hooks.feedback import read_feedback
from cds_hooks.registry import Call, Registry, Service
from cds_hooks.requests import HookRequest, read_request

Fallback = Callable[[Service, HookRequest, Call, Exception], Response]
"""The answer when a handler failed: a card that says so, since EHRs show silence as "all clear"."""

_log = logging.getLogger(__name__)


class Caught(AbstractContextManager["Caught"]):
    """Keeps any failure of what runs inside, except the protocol's own outcomes.

    Logs only its kind and place in the code: the message of an exception may quote a patient's record.
    """

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self.error: Exception | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, ProtocolError):
            return False
        self.error = error
        frame = traceback.extract_tb(trace)[-1]
        _log.error("%s failed: %s at %s:%s", self._doing, type(error).__name__, frame.filename, frame.lineno)
        return True


def answer(registry: Registry, fallback: Fallback, service_id: str, body: bytes, call: Call) -> bytes:
    """The JSON of the answer to one hook call. Raises ProtocolError, and nothing else."""
    hooks = registry.hooks(service_id)
    try:
        request = read_request(body)
    except json.BadJsonError as error:
        raise _bad_request(error) from None
    service = registry.find(service_id, request.hook)
    if service is None:
        raise BadRequestError(f"hook: this service is called at {', '.join(hooks)}")
    check_context(request)
    return _handled(service, fallback, request, call)


def take_feedback(registry: Registry, service_id: str, body: bytes, call: Call) -> bytes:
    """Hands a report on; returns when it is safe. Raises ProtocolError, and nothing else."""
    if registry.feedback is None:
        raise NotFoundError("this service takes no feedback")
    try:
        items = read_feedback(body)
    except json.BadJsonError as error:
        raise _bad_request(error) from None
    with Caught(f"taking feedback of {service_id}") as caught:
        registry.feedback(service_id, items, call)
    if caught.error:
        raise UnavailableError("the feedback could not be stored")
    return b"{}"


def _handled(service: Service, fallback: Fallback, request: HookRequest, call: Call) -> bytes:
    with Caught(f"service {service.id}") as first:
        return json.encode(service.handler(request, call))
    with Caught(f"fallback of service {service.id}"):
        return json.encode(fallback(service, request, call, first.error or RuntimeError()))
    raise UnavailableError


def _bad_request(error: json.BadJsonError) -> BadRequestError:
    return BadRequestError(f"{error.place}: {error.words}" if error.place else error.words)
