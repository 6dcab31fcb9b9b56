"""What changes with the release alone may be kept, is asked again by ETag, and is only read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service.web.security import HEADERS

STATIC = (
    "/docs/", "/docs/clients", "/docs/style.css", "/dsi/source-attributes", "/dsi/source-attributes.json",
    "/fhir/metadata", "/fhir/CodeSystem", "/fhir/CodeSystem/facts", "/fhir/Questionnaire/liver-directed-therapy",
    "/openapi.json",
)  # fmt: skip


@pytest.mark.parametrize("at", STATIC)
def test_it_is_not_sent_again_to_one_who_has_it(reader: FlaskClient, at: str) -> None:
    first = reader.get(at)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = reader.get(at, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert reader.get(at, headers={"If-None-Match": '"another"'}).data == first.data


@pytest.mark.parametrize("at", STATIC)
def test_it_answers_head_as_get_without_the_body(reader: FlaskClient, at: str) -> None:
    got, head = reader.get(at), reader.head(at)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("at", [*STATIC, "/dsi/"])
def test_it_is_only_read(reader: FlaskClient, at: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        answer = reader.open(at, method=method)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
        assert answer.json
        assert answer.json["resourceType"] == "OperationOutcome"


def test_it_is_open_in_production_with_every_header_and_for_known_hosts_only(
    production: Callable[[str], FlaskClient],
) -> None:
    client = production('clients: {ward: {title: "Nobody calls"}}')
    for at in STATIC:
        answer = client.get(at, headers={"Host": "cds.example"})
        assert answer.status_code == 200
        assert set(HEADERS) <= set(answer.headers.keys())
        assert client.get(at, headers={"Host": "evil.example"}).status_code == 400
