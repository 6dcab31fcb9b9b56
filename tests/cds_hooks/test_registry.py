"""The registry offers its services in order, one for each id and hook, and its discovery document conforms."""

from __future__ import annotations

from typing import Any

import pytest

from cds_hooks.conformance import check_discovery
from cds_hooks.json import decode, encode
from cds_hooks.models import HookRequest, Response
from cds_hooks.registry import Call, Registry, Service


def silent(request: HookRequest, call: Call) -> Response:
    return Response(cards=())


def service(**members: Any) -> Service:
    given = {"id": "liver", "hook": "order-sign", "title": "Liver", "description": "Tests orders", "handler": silent}
    return Service(**(given | members))


def test_it_describes_a_service_without_empty_members() -> None:
    assert service().described() == {
        "hook": "order-sign",
        "title": "Liver",
        "description": "Tests orders",
        "id": "liver",
        "version": "2.0.1",
    }


def test_it_describes_all_there_is() -> None:
    full = service(
        prefetch={"patient": "Patient/{{context.patientId}}", "labs": "Observation?patient={{context.patientId}}"},
        usage_requirements="FHIR R4",
        hook_version="1.0",
        extension={"org.example": {"a": 1}},
    )
    described = full.described()
    assert list(described["prefetch"]) == ["patient", "labs"]
    assert (described["usageRequirements"], described["hookVersion"]) == ("FHIR R4", "1.0")
    assert described["extension"] == {"org.example": {"a": 1}}
    assert check_discovery(decode(encode(Registry([full]).discovery()))) == []


def test_it_keeps_the_order_declared() -> None:
    registry = Registry([service(id="z"), service(id="a")])
    assert [entry["id"] for entry in registry.discovery()["services"]] == ["z", "a"]


def test_it_offers_nothing_as_an_empty_array() -> None:
    assert Registry([]).discovery() == {"services": []}


def test_it_routes_one_id_at_two_hooks() -> None:
    select, sign = service(hook="order-select"), service(hook="order-sign")
    registry = Registry([select, sign])
    assert registry.find("liver", "order-select") is select
    assert registry.find("liver", "order-sign") is sign
    assert registry.find("liver", "patient-view") is None
    assert registry.hooks("liver") == ("order-select", "order-sign")
    assert registry.hooks("other") == ()


def test_it_refuses_the_same_id_twice_at_one_hook() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Registry([service(), service()])


@pytest.mark.parametrize(
    "members", [{"id": ""}, {"id": "a/b"}, {"id": "a b"}, {"hook": ""}, {"title": ""}, {"description": ""}]
)
def test_it_refuses_an_incomplete_service(members: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="service"):
        service(**members)
