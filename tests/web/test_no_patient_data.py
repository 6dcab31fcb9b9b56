"""The promise of the logs: canaries in every part of a request, searched for in all that is written."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.requests import PATIENT, SELECT, bundle, hook_request, lab, order

CANARY = "Kanarienvogel"


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    for name in ("service", "cds_hooks"):
        logging.getLogger(name).addHandler(caplog.handler)
    caplog.set_level(logging.DEBUG)
    return caplog


def _requests() -> list[dict[str, Any]]:
    patient = {**PATIENT, "name": [{"family": CANARY}], "identifier": [{"value": CANARY}]}
    broken = {**lab("1975-2", 2.0, "mg/dL"), "valueQuantity": {"value": CANARY, "unit": CANARY}}
    odd_order = order(text=CANARY)
    return [
        hook_request(order(text=f"TACE liver {CANARY}", code="X", system="urn:x"), patient=patient),
        hook_request(patient=patient, labs=bundle(broken)),
        hook_request(odd_order, patient=patient, labs=CANARY),
        hook_request(patient=patient, labs=bundle(lab("1975-2", 1.0, "mg/dL", patient=CANARY))),
        {**hook_request(patient=patient), "hook": CANARY},
        {**hook_request(patient=patient), "context": {"patientId": f"{CANARY}/{CANARY}"}},
        {
            **hook_request(patient=patient),
            "fhirServer": f"https://{CANARY}",
            "fhirAuthorization": {"access_token": CANARY},
        },
    ]


@pytest.mark.reliability(66)
@pytest.mark.parametrize("body", _requests())
def test_it_writes_no_patient_data_to_logs_or_metrics(
    client: FlaskClient, written: pytest.LogCaptureFixture, body: dict[str, Any]
) -> None:
    client.post(SELECT, data=json.dumps(body), content_type="application/json")
    client.post(SELECT, data=json.dumps(body)[:-40], content_type="application/json")
    assert CANARY not in written.text
    assert CANARY not in client.get("/metrics").text


@pytest.mark.reliability(66)
@pytest.mark.parametrize("body", _requests()[4:6])
def test_it_repeats_no_content_in_errors(client: FlaskClient, body: dict[str, Any]) -> None:
    response = client.post(SELECT, data=json.dumps(body), content_type="application/json")
    assert response.status_code >= 400
    assert CANARY not in response.text
