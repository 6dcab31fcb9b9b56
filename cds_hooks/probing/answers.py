"""Calls that a service must answer: prefetch complete, empty, failed and missing, and members it cannot know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cds_hooks import json
from cds_hooks.conformance import check_response
from cds_hooks.probing.described import Described
from cds_hooks.probing.exchange import Ask, Reply
from cds_hooks.probing.parts import response_parts
from cds_hooks.probing.samples import PATIENT, sample_request, sample_value
from cds_hooks.probing.trial import Trial

SLOWEST_SECONDS = 0.5
_CANARY = "conformance-access-word"
_FAILED = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}
_UNKNOWN = {"org.example.conformance": {"unknown": True}}


def probe_answers(trial: Trial, service: Described, own: list[Mapping[str, Any]]) -> list[Any]:
    """The cards that came. `own`: requests that the tester brought for this hook."""
    name = f"{service.id} at {service.hook}"
    usual = sample_request(service)
    reply = _call(trial, f"{name}, prefetch complete", service, usual)
    trial.expect("F-2", reply.status == 200, f"{name}, prefetch complete", f"answered {reply.status}")
    cards = cards_of(reply)
    for number, request in enumerate(own, 1):
        during = f"{name}, request {number} of the tester"
        answered = _call(trial, during, service, request)
        trial.expect("F-2", answered.status == 200, during, f"answered {answered.status}")
        cards += cards_of(answered)
    _unknown_members(trial, name, service, usual, reply.status)
    _prefetch(trial, name, service)
    _access(trial, name, service)
    return cards


def cards_of(reply: Reply) -> list[Any]:
    try:
        document = reply.document()
    except json.BadJsonError:
        return []
    cards = document.get("cards") if isinstance(document, dict) else None
    return cards if isinstance(cards, list) else []


def _call(trial: Trial, during: str, service: Described, request: Mapping[str, Any]) -> Reply:
    reply = trial.ask(during, Ask("POST", service.path, json.encode(request)))
    trial.expect("H-2", 0 < reply.status < 500, during, f"answered {reply.status or 'nothing'}")
    trial.expect("F-1", reply.seconds <= SLOWEST_SECONDS, during, f"took {reply.seconds * 1000:.0f} ms")
    if reply.is_success:
        trial.expect("S-1", reply.status == 200, during, f"success is 200, not {reply.status}")
        _response(trial, during, reply)
    return reply


def _response(trial: Trial, during: str, reply: Reply) -> None:
    try:
        document = reply.document()
    except json.BadJsonError as error:
        trial.expect("G-1", False, during, str(error))
        return
    trial.expect("G-1", reply.media_type == "application/json", during, f"media type {reply.media_type or 'missing'}")
    trial.document(during, response_parts(document), check_response(document))


def _unknown_members(trial: Trial, name: str, service: Described, usual: dict[str, Any], status: int) -> None:
    during = f"{name}, unknown members"
    context = {**usual["context"], "conformanceUnknown": [{"a": None}]}
    request = usual | {"context": context, "conformanceUnknown": 1, "extension": _UNKNOWN}
    reply = _call(trial, during, service, request)
    trial.expect("R-3", reply.status == status, during, f"answered {reply.status} instead of {status}")


def _prefetch(trial: Trial, name: str, service: Described) -> None:
    def answered(rule: str, words: str, statuses: set[int], prefetch: Mapping[str, Any] | None) -> None:
        during = f"{name}, {words}"
        reply = _call(trial, during, service, sample_request(service, prefetch=None) | _with(prefetch))
        trial.expect(rule, reply.status in statuses, during, f"answered {reply.status}")

    answered("F-8", "no prefetch", {200, 412}, None)
    if service.prefetch:
        samples = {key: sample_value(template) for key, template in service.prefetch.items()}
        collections = {key: value | {"type": "collection"} if "total" in value else value
                       for key, value in samples.items()}  # fmt: skip
        answered("F-5", "prefetch null", {200}, dict.fromkeys(samples))
        answered("F-6", "prefetch failed", {200, 412}, dict.fromkeys(samples, _FAILED))
        answered("F-13", "prefetch as collections", {200}, collections)


def _with(prefetch: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if prefetch is None else {"prefetch": prefetch}


def _access(trial: Trial, name: str, service: Described) -> None:
    """A FHIR server that is nowhere, with a token for it."""
    during = f"{name}, FHIR server out of reach"
    access = {"access_token": _CANARY, "token_type": "Bearer", "expires_in": 30, "scope": "patient/*.rs",
              "subject": "conformance", "patient": PATIENT}  # fmt: skip
    request = sample_request(service, fhirServer="https://fhir.invalid/r4", fhirAuthorization=access)
    reply = _call(trial, during, service, request)
    trial.expect("F-11", _CANARY.encode() not in reply.body, during, "the token stands in the answer")
