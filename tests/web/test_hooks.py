"""The hooks over HTTP: what is answered to what, from the outside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_hooks.conformance import check_discovery, check_response
from tests.web.requests import PATIENT, SELECT, SIGN, bundle, hook_request, lab, order


def _post(client: FlaskClient, body: Any, path: str = SELECT) -> tuple[int, dict[str, Any]]:
    data = body if isinstance(body, bytes) else json.dumps(body)
    response = client.post(path, data=data, content_type="application/json")
    return response.status_code, json.loads(response.data)


def _reasons(answer: dict[str, Any]) -> list[str]:
    return [each["reason"] for each in answer.get("extension", {}).get("org.livercds.answer", [])]


def test_it_publishes_two_services_that_conform(client: FlaskClient) -> None:
    document = json.loads(client.get("/cds-services").data)
    assert [service["hook"] for service in document["services"]] == ["order-select", "order-sign"]
    assert check_discovery(document) == []


def test_it_answers_an_order_with_a_card_that_conforms(client: FlaskClient) -> None:
    status, answer = _post(client, hook_request(labs=bundle(lab("1975-2", 2.4, "mg/dL"))))
    assert status == 200
    assert check_response(answer) == []
    assert answer["cards"][0]["extension"]["org.livercds.decision"]["order"] == "ServiceRequest/1"


def test_it_judges_the_selected_orders_at_order_select(client: FlaskClient) -> None:
    body = hook_request(order("1"), order("2", "microwave"))
    body["context"]["selections"] = ["ServiceRequest/2"]
    _, answer = _post(client, body)
    assert [card["extension"]["org.livercds.decision"]["therapy"] for card in answer["cards"]] == ["microwave"]


def test_it_judges_all_orders_at_order_sign(client: FlaskClient) -> None:
    _, answer = _post(client, hook_request(order("1"), order("2", "microwave"), hook="order-sign"), SIGN)
    therapies = {card["extension"]["org.livercds.decision"]["therapy"] for card in answer["cards"]}
    assert therapies == {"ctace", "microwave"}


def test_it_says_nothing_about_an_order_that_is_not_liver_directed(client: FlaskClient) -> None:
    _, answer = _post(client, hook_request(order(code="71045", system="http://www.ama-assn.org/go/cpt")))
    assert answer["cards"] == []
    assert _reasons(answer) == ["not_liver_directed"]


def test_it_says_that_an_unmapped_liver_order_was_not_checked(client: FlaskClient) -> None:
    _, answer = _post(client, hook_request(order(code="X1", system="urn:local", text="TACE liver")))
    assert answer["cards"][0]["indicator"] == "info"
    assert "nothing was checked" in answer["cards"][0]["summary"]
    assert _reasons(answer) == ["not_mapped"]


def test_it_never_judges_from_another_patients_data(client: FlaskClient) -> None:
    _, answer = _post(client, hook_request(labs=bundle(lab("1975-2", 0.8, "mg/dL", patient="p2"))))
    assert "patient mismatch" in answer["cards"][0]["summary"]
    assert _reasons(answer) == ["patient_mismatch"]


def test_it_never_judges_an_order_for_another_patient(client: FlaskClient) -> None:
    _, answer = _post(client, hook_request({**order(), "subject": {"reference": "Patient/p2"}}))
    assert _reasons(answer) == ["patient_mismatch"]


def test_it_says_first_that_the_patient_is_recorded_as_deceased(client: FlaskClient) -> None:
    _, answer = _post(client, hook_request(patient={**PATIENT, "deceasedBoolean": True}))
    assert answer["cards"][0]["detail"].startswith("**The patient is recorded as deceased.**")


def test_it_answers_412_when_no_declared_key_came_and_no_access(client: FlaskClient) -> None:
    body = hook_request()
    body["prefetch"] = {"something": PATIENT}
    status, answer = _post(client, body)
    assert status == 412
    assert answer["resourceType"] == "OperationOutcome"


def test_it_answers_an_order_that_is_not_liver_directed_without_any_data(client: FlaskClient) -> None:
    body = hook_request(order(code="71045", system="http://www.ama-assn.org/go/cpt"))
    del body["prefetch"]
    assert _post(client, body)[0] == 200


def test_it_says_what_the_ehr_could_not_deliver(client: FlaskClient) -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}
    _, answer = _post(client, hook_request(labs=outcome))
    assert "could not be had" in answer["cards"][0]["detail"] or "labs" in answer["cards"][0]["detail"]


def test_it_takes_null_for_nothing_recorded(client: FlaskClient) -> None:
    assert _post(client, hook_request(labs=None))[0] == 200


def test_it_gives_the_same_uuid_to_the_same_decision(client: FlaskClient) -> None:
    first, second = (_post(client, hook_request())[1]["cards"][0]["uuid"] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"text"', b'{"hook": "order-select"}', b"[" * 100_000, b'{"a": 1e3000000}', b"\xff"],
)
def test_it_answers_a_malformed_body_with_400(client: FlaskClient, body: bytes) -> None:
    status, answer = _post(client, body)
    assert status == 400
    assert answer["issue"][0]["severity"] == "error"


def test_it_answers_400_for_a_number_that_would_cost_memory(client: FlaskClient) -> None:
    raw = json.dumps(hook_request()).replace('"prefetch"', '"n": 1e3000000, "prefetch"')
    assert _post(client, raw.encode())[0] in {200, 400}


@pytest.mark.parametrize("entry", ["text", 7, {"entry": {}}, [{"resource": "x"}], [None], [{"resource": {}}]])
def test_it_never_fails_on_odd_draft_orders(client: FlaskClient, entry: Any) -> None:
    body = hook_request()
    body["context"]["draftOrders"] = {"resourceType": "Bundle", "entry": entry}
    assert _post(client, body)[0] in {200, 400}


def test_it_stores_feedback_before_it_acknowledges(client: FlaskClient) -> None:
    item = {"card": "c1", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T12:00:00Z"}
    assert _post(client, {"feedback": [item]}, f"{SELECT}/feedback") == (200, {})


def test_it_is_alive_ready_and_counted(client: FlaskClient) -> None:
    _post(client, hook_request())
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert 'liver_cds_calls_total{client="demo",hook="order-select",outcome="cards"} 1.0' in client.get("/metrics").text
