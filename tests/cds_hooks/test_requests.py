"""Requests are read leniently, their contexts checked, and their tokens never shown."""

from __future__ import annotations

import io
import json as plain
from typing import Any

import pytest
from rich.console import Console
from rich.pretty import pretty_repr

from cds_hooks.context import check_context, order_context
from cds_hooks.errors import BadRequestError
from cds_hooks.json import BadJsonError
from cds_hooks.requests import HookRequest, read_request

CONTEXT: dict[str, Any] = {
    "userId": "Practitioner/1",
    "patientId": "p-1",
    "selections": ["ServiceRequest/1"],
    "draftOrders": {"resourceType": "Bundle", "entry": []},
}
TOKEN = {"access_token": "SECRET", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.read", "subject": "us"}


def request(hook: str = "order-select", context: dict[str, Any] | None = None, **members: Any) -> HookRequest:
    body = {"hook": hook, "hookInstance": "i-1", "context": CONTEXT if context is None else context} | members
    return read_request(plain.dumps(body).encode())


def test_it_accepts_a_version_1_request() -> None:
    read = request(fhirServer="https://fhir.example", fhirAuthorization=TOKEN, prefetch={"patient": None})
    assert (read.hook, read.hook_instance, read.fhir_server) == ("order-select", "i-1", "https://fhir.example")
    assert bytes((read.prefetch or {})["patient"]) == b"null"


@pytest.mark.parametrize("extension", [None, {}, [], "x", {"com.example": {"deep": [1e99]}}])
def test_it_ignores_extensions_and_unknown_members(extension: Any) -> None:
    read = request(extension=extension, surprise={"a": 1}, context=CONTEXT | {"surprise": 1})
    assert order_context(read).patient_id == "p-1"


@pytest.mark.parametrize("name", ["prefetch", "fhirServer", "fhirAuthorization"])
def test_it_takes_null_for_an_optional_member_as_absent(name: str) -> None:
    assert request(**{name: None}).authorization is None


@pytest.mark.parametrize("name", ["hook", "hookInstance", "context"])
def test_it_demands_the_required_members(name: str) -> None:
    body = {"hook": "order-sign", "hookInstance": "i", "context": {}}
    del body[name]
    with pytest.raises(BadJsonError, match=name):
        read_request(plain.dumps(body).encode())


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"hook": 1}, "$.hook"),
        ({"hook": " "}, "$.hook"),
        ({"hookInstance": ""}, "$.hookInstance"),
        ({"context": []}, "$.context"),
        ({"prefetch": []}, "$.prefetch"),
        ({"fhirServer": 1}, "$.fhirServer"),
        ({"fhirAuthorization": {"access_token": 1}}, "$.fhirAuthorization.access_token"),
    ],
)
def test_it_names_a_member_of_the_wrong_type(members: dict[str, Any], place: str) -> None:
    body = {"hook": "order-sign", "hookInstance": "i", "context": {}} | members
    with pytest.raises(BadJsonError) as caught:
        read_request(plain.dumps(body).encode())
    assert caught.value.place == place


def test_it_gives_the_token_only_beside_its_server() -> None:
    assert request(fhirAuthorization=TOKEN).authorization is None
    given = request(fhirAuthorization=TOKEN, fhirServer="https://fhir.example").authorization
    assert given is not None
    assert given.access_token == "SECRET"


def test_it_never_shows_a_token() -> None:
    read = request(fhirAuthorization=TOKEN, fhirServer="https://fhir.example")
    console = Console(file=io.StringIO(), record=True)
    console.print(read, read.authorization)
    shown = repr(read) + repr(read.authorization) + pretty_repr(read) + pretty_repr(read.authorization)
    assert "SECRET" not in shown + console.export_text() + f"{read} {read.authorization}"


def test_it_never_shows_the_patient() -> None:
    assert "p-1" not in repr(order_context(request())) + pretty_repr(order_context(request()))


@pytest.mark.parametrize("is_null", [True, False])
def test_it_demands_the_patient(is_null: bool) -> None:
    context = {key: value for key, value in CONTEXT.items() if key != "patientId"}
    with pytest.raises(BadRequestError) as caught:
        check_context(request(context=context | ({"patientId": None} if is_null else {})))
    assert caught.value.diagnostics == "context.patientId: is required"


@pytest.mark.parametrize("name", ["userId", "selections", "draftOrders"])
def test_it_bears_what_clients_are_known_to_leave_out(name: str) -> None:
    context = order_context(request(context={key: value for key, value in CONTEXT.items() if key != name}))
    expected = {"userId": context.user_id == "", "selections": context.selections is None,
                "draftOrders": bytes(context.draft_orders) == b'{"resourceType":"Bundle"}'}  # fmt: skip
    assert expected[name]


def test_it_needs_no_selections_at_order_sign() -> None:
    context = {key: value for key, value in CONTEXT.items() if key != "selections"}
    assert order_context(request("order-sign", context)).selections is None


@pytest.mark.parametrize("encounter", [{}, {"encounterId": None}, {"encounterId": "e-1"}])
def test_it_takes_an_encounter_or_none(encounter: dict[str, Any]) -> None:
    assert order_context(request(context=CONTEXT | encounter)).encounter_id == encounter.get("encounterId")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("userId", 1),
        ("userId", " "),
        ("patientId", "Group/1"),
        ("patientId", "1?_count=1"),
        ("patientId", "x" * 65),
        ("patientId", "1\n"),
        ("encounterId", {}),
        ("selections", "ServiceRequest/1"),
        ("selections", []),
        ("selections", ["1"]),
        ("selections", [{"reference": "ServiceRequest/1"}]),
        ("selections", ["ServiceRequest/1", "serviceRequest/../x"]),
        ("draftOrders", []),
        ("draftOrders", {}),
        ("draftOrders", {"resourceType": "ServiceRequest"}),
    ],
)
def test_it_refuses_a_context_member(name: str, value: Any) -> None:
    with pytest.raises(BadRequestError) as caught:
        check_context(request(context=CONTEXT | {name: value}))
    assert caught.value.diagnostics.startswith(f"context.{name}: ")


def test_it_takes_a_bundle_without_a_type() -> None:
    assert bytes(order_context(request(context=CONTEXT | {"draftOrders": {"resourceType": "Bundle"}})).draft_orders)


def test_it_lets_the_context_of_an_unknown_hook_pass() -> None:
    check_context(request("com.example-view", {"anything": 1}))
