"""The protocol over HTTP: what each endpoint answers to good and bad calls."""

from __future__ import annotations

import io
import json as plain
from typing import Any

import pytest

from cds_hooks.models import HookRequest, Response
from cds_hooks.registry import Call
from tests.cds_hooks.calls import BODY, CONTEXT, NOW, SILENCE, issue, make_client


def test_it_offers_its_services() -> None:
    response = make_client().get("/cds-services")
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert [entry["hook"] for entry in response.get_json()["services"]] == ["order-sign", "order-select"]


def test_it_answers_head_at_discovery_without_a_body() -> None:
    response = make_client().head("/cds-services")
    assert (response.status_code, response.data) == (200, b"")


def test_it_answers_a_hook() -> None:
    response = make_client().post("/cds-services/liver", json=BODY)
    assert (response.status_code, response.data) == (200, b'{"cards":[]}')


def test_it_routes_one_id_by_its_hook() -> None:
    body = BODY | {"hook": "order-select", "context": CONTEXT | {"selections": ["ServiceRequest/1"]}}
    assert make_client().post("/cds-services/liver", json=body).get_json()["cards"][0]["summary"] == "selected"


def test_it_tells_the_handler_who_called_and_when() -> None:
    seen: list[Call] = []

    def handler(request: HookRequest, call: Call) -> Response:
        seen.append(call)
        return SILENCE

    make_client(handler, authenticate=lambda headers, endpoint: "st-elsewhere").post("/cds-services/liver", json=BODY)
    make_client(handler).post("/cds-services/liver", json=BODY)
    assert seen == [Call("st-elsewhere", NOW), Call(None, NOW)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "Expected object, got array"),
        (b"null", "Expected object, got null"),
        (b'{"x":' * 100_000, "nested too deeply"),
        (b'{"hook": "\xff"}', "byte 10: not UTF-8"),
        (b'{"hook": "order-sign", "context": {}}', "hookInstance"),
        (
            plain.dumps(BODY | {"hook": "patient-view"}).encode(),
            "hook: this service is called at order-sign, order-select",
        ),
        (plain.dumps(BODY | {"context": {}}).encode(), "context.patientId: is required"),
        (plain.dumps(BODY | {"context": CONTEXT | {"patientId": "Group/1"}}).encode(), "context.patientId: must be"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_it_refuses_a_bad_request_and_names_the_place(body: bytes, words: str) -> None:
    response = make_client().post("/cds-services/liver", data=body, content_type="application/json")
    assert response.status_code == 400
    assert words in issue(response)["diagnostics"]


@pytest.mark.parametrize(
    "path", ["/cds-services/other", "/cds-services/other/feedback", "/cds-services/a/b/c", "/cds-services/"]
)
def test_it_knows_no_other_service(path: str) -> None:
    response = make_client(feedback=lambda *_: None).post(path, json=BODY)
    assert response.status_code == 404
    assert issue(response)["code"] == "not-found"


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/cds-services", "GET, HEAD, OPTIONS"),
        ("DELETE", "/cds-services", "GET, HEAD, OPTIONS"),
        ("GET", "/cds-services/liver", "POST, OPTIONS"),
        ("HEAD", "/cds-services/liver", "POST, OPTIONS"),
        ("PUT", "/cds-services/liver", "POST, OPTIONS"),
        ("GET", "/cds-services/liver/feedback", "POST, OPTIONS"),
    ],
)
def test_it_names_the_methods_allowed(method: str, path: str, allow: str) -> None:
    response = make_client().open(path, method=method)
    assert (response.status_code, response.headers["Allow"]) == (405, allow)


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=UTF-8", "application/fhir+json"])
def test_it_takes_json(kind: str) -> None:
    assert make_client().post("/cds-services/liver", data=plain.dumps(BODY), content_type=kind).status_code == 200


@pytest.mark.reliability(51)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
def test_it_takes_nothing_but_plain_json(headers: dict[str, str]) -> None:
    response = make_client().post("/cds-services/liver", data=plain.dumps(BODY).encode(), headers=headers)
    assert response.status_code == 415
    assert "application/json" in issue(response)["diagnostics"]


def _sized(size: int) -> bytes:
    body = plain.dumps(BODY | {"pad": ""})
    return body.replace('"pad": ""', f'"pad": "{"x" * (size - len(body))}"').encode()


@pytest.mark.reliability(51)
@pytest.mark.parametrize(("size", "status"), [(1000, 200), (1001, 413), (100_000, 413)])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_it_stops_reading_at_the_limit(size: int, status: int, is_chunked: bool) -> None:
    stream = io.BytesIO(_sized(size))
    if is_chunked:  # as gunicorn hands on a body without Content-Length
        sent: dict[str, Any] = {"input_stream": stream, "environ_overrides": {"wsgi.input_terminated": True}}
    else:
        sent = {"input_stream": stream, "content_length": size}
    response = make_client(max_body=1000).post("/cds-services/liver", content_type="application/json", **sent)
    assert response.status_code == status
    assert stream.tell() <= 1001


@pytest.mark.reliability(51)
def test_it_does_not_read_a_body_announced_as_too_large() -> None:
    stream = io.BytesIO(_sized(5000))
    make_client(max_body=1000).post(
        "/cds-services/liver", input_stream=stream, content_length=5000, content_type="application/json"
    )
    assert stream.tell() == 0


@pytest.mark.reliability(51)
def test_it_refuses_a_body_that_ends_early() -> None:
    response = make_client().post(
        "/cds-services/liver", input_stream=io.BytesIO(b'{"hook":'), content_length=500, content_type="application/json"
    )
    assert response.status_code == 400


def test_it_forbids_sniffing_and_storing_on_every_answer() -> None:
    client = make_client()
    for response in (client.get("/cds-services"), client.post("/cds-services/liver"), client.post("/cds-services/x")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
