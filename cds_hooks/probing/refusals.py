"""Calls that a service should refuse with 4xx: malformed, incomplete, for another hook, of another type or method."""

from __future__ import annotations

from typing import Any

from cds_hooks import json
from cds_hooks.endpoints import ROOT
from cds_hooks.hooks import HOOKS
from cds_hooks.probing.described import Described
from cds_hooks.probing.exchange import MEDIA_TYPE, Ask
from cds_hooks.probing.samples import sample_request
from cds_hooks.probing.trial import Trial

BROKEN_BODIES = {
    "an empty body": b"",
    "a body cut short": b'{"hook": "order-sign"',
    "a body that is an array": b"[]",
    "a body that is no UTF-8": b'{"hook": "\xff"}',
    "a body nested very deeply": b"[" * 100_000,
    "a body with a number out of all range": b'{"hook": 1e999999}',
}
_UNKNOWN_SERVICE = f"{ROOT}/conformance-no-such-service"


def probe_refusals(trial: Trial, service: Described) -> None:
    name = f"{service.id} at {service.hook}"
    usual = sample_request(service)
    for words, body in BROKEN_BODIES.items():
        _refused(trial, "R-4", f"{name}, {words}", Ask("POST", service.path, body))
    for words, request in _incomplete(service, usual):
        _refused(trial, "R-1", f"{name}, {words}", Ask("POST", service.path, json.encode(request)))
    other = json.encode(usual | {"hook": "conformance-other"})
    whole = json.encode(usual)
    _refused(trial, "R-2", f"{name}, another hook", Ask("POST", service.path, other))
    _refused(trial, "R-5", f"{name}, media type text/plain", Ask("POST", service.path, whole, "text/plain"))
    _refused(trial, "R-6", f"{name}, GET", Ask("GET", service.path))
    _refused(trial, "R-7", "an id that was not declared", Ask("POST", _UNKNOWN_SERVICE, whole, MEDIA_TYPE))


def _incomplete(service: Described, usual: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    lacking = [
        (f"without {member}", {name: value for name, value in usual.items() if name != member})
        for member in ("hook", "hookInstance", "context")
    ]
    # services are known to bear that other members of a context are missing; nothing can be said of nobody
    if service.hook in HOOKS:
        context = {name: value for name, value in usual["context"].items() if name != "patientId"}
        lacking.append(("without context.patientId", usual | {"context": context}))
    return lacking


def _refused(trial: Trial, rule: str, during: str, ask: Ask) -> None:
    reply = trial.ask(during, ask)
    trial.expect(rule, reply.is_refusal, during, f"answered {reply.status or 'nothing'}")
    trial.expect("H-2", 0 < reply.status < 500, during, f"answered {reply.status or 'nothing'}")
