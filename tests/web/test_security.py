"""Every route: its headers, its hosts, its errors; and nothing of what happened inside."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.web.security import HEADERS, PROBES
from tests.web.requests import SELECT, hook_request

CLIENTS = 'clients: {ward: {title: "Nobody calls"}}'
PATHS = ("/", "/nothing", "/cds-services", "/cds-services/", "/cds-services/no", SELECT, f"{SELECT}/feedback")
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "PROPFIND", "TRACE", "CONNECT", "FOO", "OPTIONS", "HEAD")


@pytest.mark.parametrize("path", [*PATHS, *sorted(PROBES)])
def test_it_answers_every_method_on_every_path_plainly(client: FlaskClient, path: str) -> None:
    for method in METHODS:
        answer = client.open(path, method=method)
        assert answer.status_code in {200, 204, 400, 404, 405, 415}, method
        assert set(HEADERS) <= set(answer.headers.keys())
        assert answer.headers["X-Request-Id"]
        assert bool(answer.headers.get("Allow")) >= (answer.status_code == 405)
        if answer.status_code >= 400 and method != "HEAD":
            assert json.loads(answer.data)["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize("path", [SELECT, "/cds-services", "/livez"])
def test_it_refuses_methods_of_other_protocols(client: FlaskClient, path: str) -> None:
    assert client.open(path, method="PROPFIND").status_code == 405


@pytest.mark.reliability(67)
def test_67_it_shows_nothing_of_what_happened_inside(app: Flask) -> None:
    def page() -> str:
        raise RuntimeError("secret of the house")

    app.add_url_rule("/broken", view_func=page)
    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert json.loads(answer.data)["issue"][0]["code"] == "exception"
    assert not any(word in answer.text for word in ("secret", "Traceback", "RuntimeError", ".py"))


@pytest.mark.reliability(67)
@pytest.mark.parametrize("path", ["/console", "/admin/../etc/passwd", "/%2e%2e/", "/static/x", "/\u202e", "/a" * 2000])
def test_67_it_has_no_hidden_pages(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.reliability(90)
def test_90_it_lets_no_header_change_the_method(client: FlaskClient) -> None:
    answer = client.get(SELECT, headers={"X-HTTP-Method-Override": "POST"}, json=hook_request())
    assert answer.status_code == 405


@pytest.mark.reliability(89)
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("cds.example", 200), ("CDS.example:8443", 200), ("localhost:8080", 200), ("127.0.0.1", 200), ("[::1]:80", 200),
        ("evil.example", 400), ("cds.example.evil.example", 400), ("xcds.example", 400), ("cds.example@evil", 400),
        ("", 400), ("a, cds.example", 400),
    ],
)  # fmt: skip
def test_89_it_answers_for_its_own_hosts_only(production: Callable[[str], FlaskClient], host: str, status: int) -> None:
    client = production(CLIENTS)
    assert client.get("/cds-services", headers={"Host": host}).status_code == status
    assert client.get("/livez", headers={"Host": host}).status_code == 200


def test_it_asks_browsers_for_https_where_it_is_reached_by_it(
    production: Callable[[str], FlaskClient], client: FlaskClient
) -> None:
    assert "Strict-Transport-Security" in production(CLIENTS).get("/cds-services").headers
    assert "Strict-Transport-Security" not in client.get("/cds-services").headers


@pytest.mark.reliability(91)
def test_91_it_allows_no_origin_unless_told(client: FlaskClient) -> None:
    for origin in ("null", "https://evil.example", "http://localhost"):
        answer = client.options(SELECT, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert not any(name.startswith("Access-Control") for name, _ in answer.headers)
