"""Holds every answer of /cds-services that any test gets from an application against the specification."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cds_hooks import json
from cds_hooks.conformance import Level, Problem, check_discovery, check_outcome, check_response
from cds_hooks.endpoints import ROOT


def broken_rules(response: TestResponse) -> list[Problem]:
    """What this answer breaks that the specification demands; of an error also that it is an OperationOutcome."""
    if not response.data:
        return []
    document = json.decode(response.data)
    if response.status_code >= 400:
        return check_outcome(document)
    if response.request.path.endswith("/feedback"):
        return [] if document == {} else [Problem("B-7", "", "must be an empty object")]
    found = check_discovery(document) if response.request.path == ROOT else check_response(document)
    return [problem for problem in found if problem.level is Level.SHALL]


@pytest.fixture(autouse=True)
def _every_answer_conforms(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = FlaskClient.open

    def checked(self: FlaskClient, *args: Any, **kwargs: Any) -> TestResponse:
        response = usual(self, *args, **kwargs)
        if response.request.path.startswith(ROOT) and response.request.environ["REQUEST_METHOD"] != "HEAD":
            assert broken_rules(response) == []
        return response

    monkeypatch.setattr(FlaskClient, "open", checked)
