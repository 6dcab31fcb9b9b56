"""A hook never answers 500: a handler that fails is answered for, and nothing of the patient is logged."""

from __future__ import annotations

import json
import logging
from io import BytesIO

import pytest
from werkzeug.datastructures import Headers

from cds_hooks.endpoints import Endpoint
from cds_hooks.errors import PreconditionFailedError, UnavailableError
from cds_hooks.models import HookRequest, Response
from cds_hooks.registry import Call, Service
from tests.cds_hooks.calls import BODY, Handler, issue, make_client


def test_it_passes_the_handlers_own_outcomes_on() -> None:
    def handler(request: HookRequest, call: Call) -> Response:
        raise PreconditionFailedError("prefetch: labs")

    response = make_client(handler).post("/cds-services/liver", json=BODY)
    assert (response.status_code, issue(response)["diagnostics"]) == (412, "prefetch: labs")


def test_it_says_when_to_try_again() -> None:
    def handler(request: HookRequest, call: Call) -> Response:
        raise UnavailableError(retry_after=9)

    response = make_client(handler).post("/cds-services/liver", json=BODY)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "9")


def _fail(request: HookRequest, call: Call) -> Response:
    raise KeyError("SECRET patient name")


def _recurse(request: HookRequest, call: Call) -> Response:
    return _recurse(request, call)


def _answer_with_no_number(request: HookRequest, call: Call) -> Response:
    return Response(cards=(), extension={"org.example": float("nan")})


@pytest.mark.parametrize(
    ("handler", "kind"), [(_fail, "KeyError"), (_recurse, "RecursionError"), (_answer_with_no_number, "ValueError")]
)
def test_it_answers_with_the_fallback_when_a_handler_fails(
    handler: Handler, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = make_client(handler).post("/cds-services/liver", json=BODY)
    assert response.status_code == 200
    assert response.get_json()["cards"][0]["summary"] == f"not checked: {kind}"
    assert f"service liver failed: {kind} at" in caplog.text


def test_it_logs_a_failure_without_data(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        make_client(_fail).post("/cds-services/liver", json=BODY)
    assert "test_blueprint_failures.py:" in caplog.text
    assert "SECRET" not in caplog.text
    assert "p-1" not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


class _Chunks(BytesIO):
    """A body in which the server finds a bad chunk."""

    def read(self, _size: int | None = -1) -> bytes:
        raise LookupError("SECRET chunk")


def test_it_refuses_a_body_whose_chunks_are_bad(caplog: pytest.LogCaptureFixture) -> None:
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    response = make_client().post(
        "/cds-services/liver", input_stream=_Chunks(), content_type="application/json", environ_overrides=environ
    )
    assert (response.status_code, issue(response)["code"]) == (400, "invalid")
    assert "SECRET" not in caplog.text


def test_it_refuses_a_body_shorter_than_its_length_that_could_be_read() -> None:
    body = json.dumps(BODY).encode()
    environ = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(body) + 1)}
    response = make_client().post(
        "/cds-services/liver", data=body, content_type="application/json", environ_overrides=environ
    )
    assert response.status_code == 400


def test_it_is_unavailable_when_the_fallback_fails_too() -> None:
    def fail(service: Service, request: HookRequest, call: Call, error: Exception) -> Response:
        raise ZeroDivisionError

    response = make_client(_fail, fallback=fail).post("/cds-services/liver", json=BODY)
    assert response.status_code == 503
    assert issue(response)["code"] == "transient"


def test_it_is_unavailable_when_authentication_breaks(caplog: pytest.LogCaptureFixture) -> None:
    def broken(headers: Headers, endpoint: Endpoint) -> str | None:
        raise OSError("SECRET")

    response = make_client(authenticate=broken).post("/cds-services/liver", json=BODY)
    assert response.status_code == 503
    assert "SECRET" not in caplog.text + response.text


@pytest.mark.reliability(46)
@pytest.mark.reliability(47)
@pytest.mark.reliability(48)
@pytest.mark.parametrize("path", ["/cds-services/liver", "/cds-services/liver/feedback"])
@pytest.mark.parametrize(
    "body",
    [
        b"[1 true]",
        b"123\x00",
        b"[NaN]",
        b'{"a":"b"}/**/',
        b'["\\uD800\\"]',
        b"\xef\xbb\xbf",
        b'[{"":' * 50_000,
        b'\x00[\x00"\x00\xe9\x00"\x00]',
        b'["\xc0\xaf"]',
        b"[0.4e" + b"006699" * 20 + b"]",
        b'{"a":"b","a":"c"}',
        b"[-237462374673276894279832749832423479823246327846]",
        b'{"hook":"order-sign","hookInstance":"i","context":{"a":' + b"[" * 5000 + b"]" * 5000 + b"}}",
    ],
    ids=lambda body: repr(body[:16]),
)
def test_it_answers_every_kind_of_bad_json_with_400(path: str, body: bytes) -> None:
    client = make_client(feedback=lambda *_: None)
    response = client.post(path, data=body, content_type="application/json")
    assert response.status_code == 400
    assert issue(response)["code"] == "invalid"
