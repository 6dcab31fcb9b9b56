"""Templates are filled from the context, and nothing a client sends reaches beyond its token."""

from __future__ import annotations

import json as plain
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_hooks.templates import UnfillableError, fill, tokens


def context(**members: Any) -> dict[str, msgspec.Raw]:
    return {name: msgspec.Raw(plain.dumps(value).encode()) for name, value in members.items()}


def test_it_lists_the_tokens() -> None:
    assert tokens("Condition?patient={{context.patientId}}&x={{ userPatientId }}") == (
        "context.patientId",
        "userPatientId",
    )


@pytest.mark.parametrize(
    ("template", "query"),
    [
        ("Patient/{{context.patientId}}", "Patient/p-1"),
        ("Condition?patient={{ context.patientId }}&category=a|b", "Condition?patient=p-1&category=a|b"),
        ("{{context.userId}}", "PractitionerRole/r.1"),
        ("PractitionerRole/{{userPractitionerRoleId}}", "PractitionerRole/r.1"),
        ("X?n={{context.count}}&b={{context.flag}}&d={{context.dose}}", "X?n=3&b=true&d=1.50"),
        ("Patient?_count=1", "Patient?_count=1"),
    ],
)
def test_it_fills_a_template(template: str, query: str) -> None:
    given_context = context(patientId="p-1", userId="PractitionerRole/r.1", count=3, flag=True)
    assert fill(template, given_context | {"dose": msgspec.Raw(b"1.50")}) == query


@pytest.mark.parametrize(
    ("user", "token"),
    [
        ("Practitioner/1", "userPractitionerId"),
        ("PractitionerRole/1", "userPractitionerRoleId"),
        ("Patient/1", "userPatientId"),
        ("RelatedPerson/1", "userRelatedPersonId"),
    ],
)
def test_it_fills_the_user_token_of_the_users_kind_only(user: str, token: str) -> None:
    assert fill(f"A/{{{{{token}}}}}", context(userId=user)) == "A/1"
    for other in {"userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"} - {token}:
        with pytest.raises(UnfillableError):
            fill(f"A/{{{{{other}}}}}", context(userId=user))


@pytest.mark.parametrize(
    "token",
    [
        "context.encounterId",
        "context.draftOrders",
        "context.selections",
        "context.empty",
        "context.a.b",
        "user",
        "today()",
        "%x",
        "",
    ],
)
def test_it_does_not_fill_what_has_no_primitive_value_at_the_root(token: str) -> None:
    with pytest.raises(UnfillableError) as caught:
        fill(f"A/{{{{{token}}}}}", context(draftOrders={}, selections=["A/1"], empty=None, a={"b": "1"}, user="1"))
    assert caught.value.token == token


@pytest.mark.reliability(44)
@pytest.mark.parametrize(
    "value",
    [
        "",
        "1?x=1",
        "1&x=1",
        "../Patient",
        "..",
        ".",
        "Patient/..",
        "a/b/c",
        "1 2",
        "1#x",
        "1%2e",
        "https://x",
        "1\n",
        "é",
    ],
)
def test_it_refuses_text_that_is_no_id(value: str) -> None:
    with pytest.raises(UnfillableError):
        fill("Patient/{{context.patientId}}", context(patientId=value))


@pytest.mark.reliability(44)
@given(st.text(max_size=20))
def test_it_stays_within_its_place_in_the_query(value: str) -> None:
    try:
        query = fill("Patient/{{context.patientId}}/x", context(patientId=value))
    except UnfillableError:
        return
    parts = urlsplit(query)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert ".." not in parts.path.split("/")


def test_it_refuses_a_value_that_is_no_json() -> None:
    with pytest.raises(UnfillableError):
        fill("A/{{context.x}}", {"x": msgspec.Raw(b"\xff")})
