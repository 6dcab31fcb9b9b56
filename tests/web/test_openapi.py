"""GET /openapi.json: valid, whole, and true of the cards that come back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.fixtures import packaged_fixtures
from service.web.openapi.document import NOTHING, undescribed
from service.web.openapi.page_operations import PAGES
from tests.web.requests import SELECT, SIGN, hook_request

FIXTURES = sorted(packaged_fixtures().glob("*/order-*.json"))
REQUESTS = [path for path in FIXTURES if not path.name.endswith(".answer.json")]
ANSWERS = [path for path in FIXTURES if path.name.endswith(".answer.json")]


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture
def document(reader: FlaskClient, kept: dict[str, Any]) -> Any:
    """Made once for the module."""
    if not kept:
        kept |= reader.get("/openapi.json").json or {}
    return kept


def _checked(document: Any, name: str) -> Draft202012Validator:
    whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return Draft202012Validator(whole)


def _places(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["$ref"]] if "$ref" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _places(each)


def test_it_is_valid(document: Any) -> None:
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_it_describes_every_route(read_app: Flask) -> None:
    """If this fails: give the new route its line in service/web/openapi/page_operations.py."""
    assert undescribed(read_app.url_map) == []


def test_it_describes_no_route_that_is_not_there(read_app: Flask) -> None:
    rules = {rule.rule for rule in read_app.url_map.iter_rules()}
    assert {*PAGES, *NOTHING} - rules == set()


def test_it_names_every_schema_that_it_uses_and_uses_every_one_that_it_names(document: Any) -> None:
    used = {place.rpartition("/")[2] for place in _places(document)}
    assert used == set(document["components"]["schemas"])


def test_it_tells_operations_apart(document: Any) -> None:
    names = [each["operationId"] for path in document["paths"].values() for each in path.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_it_holds_for_every_golden_answer(document: Any, path: Any) -> None:
    assert list(_checked(document, "Response").iter_errors(json.loads(path.read_bytes()))) == []


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_it_holds_for_every_request_of_the_fixtures(document: Any, path: Any) -> None:
    name = {"order-select": "OrderSelectRequest", "order-sign": "OrderSignRequest"}[path.stem]
    assert list(_checked(document, name).iter_errors(json.loads(path.read_bytes()))) == []


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("OrderSelectRequest", {"hook": "order-sign", "hookInstance": "1", "context": {"patientId": "1"}}),
        ("OrderSelectRequest", {"hook": "order-select", "hookInstance": " ", "context": {"patientId": "1"}}),
        ("OrderSelectRequest", {"hook": "order-select", "hookInstance": "1", "context": {}}),
        ("OrderSelectRequest", {"hook": "order-select", "hookInstance": "1", "context": {"patientId": "a b"}}),
        ("Feedback", {"feedback": [{"card": "1", "outcome": "seen", "outcomeTimestamp": "2026-11-22T12:00:00Z"}]}),
    ],
)
def test_it_refuses_what_the_service_refuses(reader: FlaskClient, document: Any, name: str, sent: Any) -> None:
    assert list(_checked(document, name).iter_errors(sent))
    path = f"{SELECT}/feedback" if name == "Feedback" else SELECT
    assert reader.post(path, json=sent).status_code == 400


@pytest.mark.parametrize("change", [{"summary": "x" * 140}, {"summary": ""}, {"indicator": "fatal"}, {"uuid": None}])
def test_it_allows_no_card_that_the_specification_forbids(document: Any, change: dict[str, Any]) -> None:
    card = {"summary": "x", "indicator": "info", "source": {"label": "x"}}
    checked = _checked(document, "Card")
    assert list(checked.iter_errors(card)) == []
    assert list(checked.iter_errors(card | change))


def test_it_says_where_a_token_is_needed(reader: FlaskClient, production: Callable[[str], FlaskClient]) -> None:
    closed: Any = production("clients: {ward: {}}").get("/openapi.json").json
    opened: Any = reader.get("/openapi.json").json
    assert closed["servers"] == [{"url": "https://cds.example"}]
    for path in (SELECT, f"{SELECT}/feedback", SIGN):
        assert closed["paths"][path]["post"]["security"] == [{"bearer": []}]
        assert {} in opened["paths"][path]["post"]["security"]
    for path in ("/cds-services", "/docs/", "/fhir/metadata", "/livez"):
        assert closed["paths"][path]["get"]["security"] == []


def test_it_describes_the_errors_that_come(reader: FlaskClient, document: Any) -> None:
    answer = reader.post(SELECT, json=hook_request() | {"hook": "patient-view"})
    assert str(answer.status_code) in document["paths"][SELECT]["post"]["responses"]
    assert list(_checked(document, "OperationOutcome").iter_errors(answer.json)) == []
