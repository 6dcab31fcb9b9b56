"""Describes the routes of CDS Hooks: one path for every service, so that each shows its own request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cds_hooks.endpoints import ROOT, Endpoint
from cds_hooks.registry import Service
from service.web.openapi.parts import CHALLENGE, JSON, OUTCOME, RETRY, Answer, Described, Schema, ref
from service.web.openapi.request_schemas import request_name

BEARER: list[Schema] = [{"bearer": []}]
_FAILURES = {401: CHALLENGE, 413: OUTCOME, 415: OUTCOME, 503: RETRY}
_TAG = "CDS Hooks"
RULES = (ROOT, f"{ROOT}/<service_id>", f"{ROOT}/<service_id>/feedback")
"""The routes that these operations stand for."""


def hook_operations(
    services: Iterable[Service], *, tokens_required: bool, protect_discovery: bool
) -> Mapping[str, tuple[str, Described]]:
    """Path -> method and operation. Where no token is required one may come all the same."""
    security = BEARER if tokens_required else [*BEARER, {}]
    discovery = Described(
        "discovery",
        "The services on offer, with their prefetch templates",
        _TAG,
        {200: Answer({JSON: ref("Discovery")}), 401: CHALLENGE},
        security=security if protect_discovery else None,
    )
    found: dict[str, tuple[str, Described]] = {ROOT: ("get", discovery)}
    for service in services:
        found[Endpoint(service.id).path] = "post", _call(service, security)
        found[Endpoint(service.id, is_feedback=True).path] = "post", _feedback(service, security)
    return found


def _call(service: Service, security: list[Schema]) -> Described:
    return Described(
        f"call-{service.hook}",
        f"The cards at {service.hook}",
        _TAG,
        {200: Answer({JSON: ref("Response")}), 412: OUTCOME, **_FAILURES},
        description=service.description,
        body=ref(request_name(service.hook)),
        security=security,
    )


def _feedback(service: Service, security: list[Schema]) -> Described:
    return Described(
        f"feedback-{service.hook}",
        f"What came of the cards of {service.hook}",
        _TAG,
        {200: Answer({JSON: ref("Stored")}), **_FAILURES},
        body=ref("Feedback"),
        security=security,
    )
