"""Hook requests and JSON that nobody here made, sent to the service. Needs the folder LIVER_CDS_TEST_DATA."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from cds_hooks.conformance import check_response
from tests.web.requests import SELECT, SIGN, bundle, order

DATA = os.environ.get("LIVER_CDS_TEST_DATA", "")
needs_data = pytest.mark.skipif(not DATA, reason="LIVER_CDS_TEST_DATA names no folder of foreign data")
PATHS = {"order-select": SELECT, "order-sign": SIGN}


def _requests() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(Path(DATA, "cds_hooks").rglob("*.json")) if DATA else ():
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        if isinstance(body, dict) and "hook" in body and "context" in body:
            yield path.name, body


REQUESTS = list(_requests())
OURS = [pytest.param(body, id=name) for name, body in REQUESTS if body["hook"] in PATHS]
OTHERS = [pytest.param(body, id=name) for name, body in REQUESTS if body["hook"] not in PATHS]


def _send(client: FlaskClient, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    response = client.post(PATHS.get(body["hook"], SIGN), data=json.dumps(body), content_type="application/json")
    return response.status_code, json.loads(response.data)


@needs_data
@pytest.mark.parametrize("body", OURS)
def test_it_answers_every_request_of_its_hooks_with_200(client: FlaskClient, body: dict[str, Any]) -> None:
    status, answer = _send(client, body)
    assert status == 200
    assert check_response(answer) == []


@needs_data
@pytest.mark.parametrize("body", OTHERS)
def test_it_names_the_hook_that_belongs_elsewhere(client: FlaskClient, body: dict[str, Any]) -> None:
    """The specification wants a hook answered by its own service only, so this one says which it takes."""
    status, answer = _send(client, body)
    assert status == 400
    assert answer["issue"][0]["diagnostics"] == "hook: this service is called at order-sign"


@needs_data
@pytest.mark.parametrize("body", [*OURS, *OTHERS])
def test_it_judges_an_order_on_the_data_of_every_request(client: FlaskClient, body: dict[str, Any]) -> None:
    """The same request with a liver-directed order and its prefetch under our keys: real shapes reach the reader."""
    values = [value for value in (body.get("prefetch") or {}).values() if value is not None]
    keys = ["patient", "conditions", "labs", "findings", "procedures", "medications", "allergies", "imaging", "devices"]
    context = {"patientId": body["context"].get("patientId") or "none", "draftOrders": bundle(order())}
    prefetch = dict(zip(keys, values, strict=False)) or {"patient": None}
    status, answer = _send(client, {**body, "hook": "order-sign", "context": context, "prefetch": prefetch})
    assert status == 200
    assert check_response(answer) == []
    assert answer["cards"]


def _json_tests() -> list[Any]:
    folder = Path(DATA, "json-test-suite", "test_parsing")
    return [pytest.param(path, id=path.name) for path in sorted(folder.glob("*.json"))] if DATA else []


@needs_data
@pytest.mark.parametrize("path", _json_tests())
def test_it_refuses_every_file_of_the_json_test_suite_as_a_body(client: FlaskClient, path: Path) -> None:
    response = client.post(SELECT, data=path.read_bytes(), content_type="application/json")
    assert 400 <= response.status_code < 500
    assert json.loads(response.data)["resourceType"] == "OperationOutcome"


@needs_data
@pytest.mark.parametrize(
    "path", sorted(Path(DATA, "cds_hooks").rglob("md_blocks_invalid/*")) if DATA else [], ids=lambda path: path.name
)
def test_it_never_fails_on_blocks_that_are_no_requests(client: FlaskClient, path: Path) -> None:
    response = client.post(SIGN, data=path.read_bytes(), content_type="application/json")
    assert response.status_code < 500
