"""Calls over HTTP for the tests: a client of an app with two services, and bodies to send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cds_hooks.blueprint import Options, make_blueprint
from cds_hooks.models import Card, FeedbackItem, HookRequest, Response, Source
from cds_hooks.registry import Call, Registry, Service

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
ORIGIN = "https://sandbox.example"
CONTEXT = {"userId": "Practitioner/1", "patientId": "p-1", "draftOrders": {"resourceType": "Bundle"}}
BODY: dict[str, Any] = {"hook": "order-sign", "hookInstance": "i-1", "context": CONTEXT}
REPORT = {"feedback": [{"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-11-01T10:00:00Z"}]}
SILENCE = Response(cards=())

Handler = Callable[[HookRequest, Call], Response]


def spoken(words: str) -> Response:
    return Response(cards=(Card(summary=words, indicator="info", source=Source(label="test")),))


def apologise(service: Service, request: HookRequest, call: Call, error: Exception) -> Response:
    return spoken(f"not checked: {type(error).__name__}")


def make_client(
    handler: Handler = lambda request, call: SILENCE,
    feedback: Callable[[str, tuple[FeedbackItem, ...], Call], None] | None = None,
    **options: Any,
) -> FlaskClient:
    services = [
        Service("liver", "order-sign", "Liver", "Tests orders", handler),
        Service("liver", "order-select", "Liver", "Tests orders", lambda request, call: spoken("selected")),
    ]
    app = Flask("test")
    given = replace(Options(fallback=apologise, clock=lambda: NOW), **options)
    app.register_blueprint(make_blueprint(Registry(services, feedback), given))
    return app.test_client()


def issue(response: TestResponse) -> dict[str, Any]:
    assert response.content_type == "application/json"
    outcome = response.get_json()
    assert outcome["resourceType"] == "OperationOutcome"
    (only,) = outcome["issue"]
    return only
