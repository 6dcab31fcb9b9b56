"""Who may call which endpoint, and from which origins browsers may."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import Headers

from cds_hooks.endpoints import Endpoint
from cds_hooks.errors import ForbiddenError, UnauthorizedError
from tests.cds_hooks.calls import BODY, ORIGIN, REPORT, make_client


def refuse(headers: Headers, endpoint: Endpoint) -> str | None:
    raise UnauthorizedError("expired")


def test_it_asks_who_calls_which_endpoint() -> None:
    seen: list[tuple[str | None, str]] = []

    def authenticate(headers: Headers, endpoint: Endpoint) -> str | None:
        seen.append((headers.get("authorization"), endpoint.path))
        return "a"

    client = make_client(authenticate=authenticate, protect_discovery=True, feedback=lambda *_: None)
    sent = {"Authorization": "Bearer x"}
    client.get("/cds-services", headers=sent)
    client.post("/cds-services/liver", json=BODY, headers=sent)
    client.post("/cds-services/liver/feedback", json=REPORT, headers=sent)
    assert seen == [
        ("Bearer x", "/cds-services"),
        ("Bearer x", "/cds-services/liver"),
        ("Bearer x", "/cds-services/liver/feedback"),
    ]


@pytest.mark.parametrize("path", ["/cds-services/liver", "/cds-services/other", "/cds-services/liver/feedback"])
def test_it_tells_a_refused_client_nothing_of_what_there_is(path: str) -> None:
    response = make_client(authenticate=refuse).post(path, data=b"not read")
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "expired" not in response.text


def test_it_protects_discovery_only_when_told_to() -> None:
    assert make_client(authenticate=refuse).get("/cds-services").status_code == 200
    assert make_client(authenticate=refuse, protect_discovery=True).get("/cds-services").status_code == 401


def test_it_forbids_a_client_that_may_not() -> None:
    def forbid(headers: Headers, endpoint: Endpoint) -> str | None:
        raise ForbiddenError

    assert make_client(authenticate=forbid).post("/cds-services/liver", json=BODY).status_code == 403


@pytest.mark.parametrize("path", ["/cds-services", "/cds-services/liver", "/cds-services/liver/feedback"])
def test_it_answers_a_preflight_without_authentication(path: str) -> None:
    client = make_client(authenticate=refuse, protect_discovery=True, allowed_origins=frozenset({ORIGIN}))
    response = client.options(path, headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert response.headers["Access-Control-Allow-Methods"] == "GET, POST, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type, Authorization"


def test_it_allows_a_listed_origin_on_errors_too() -> None:
    client = make_client(authenticate=refuse, allowed_origins=frozenset({ORIGIN}))
    response = client.post("/cds-services/liver", json=BODY, headers={"Origin": ORIGIN})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (401, ORIGIN)
    assert "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ORIGIN + ".evil.example", ORIGIN.upper(), ""])
def test_it_allows_no_other_origin(origin: str) -> None:
    client = make_client(allowed_origins=frozenset({ORIGIN}))
    assert "Access-Control-Allow-Origin" not in client.get("/cds-services", headers={"Origin": origin}).headers


def test_it_allows_no_origin_by_default() -> None:
    response = make_client().options("/cds-services", headers={"Origin": ORIGIN})
    assert (response.status_code, response.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
