"""Cards refuse to be built against the specification, and every one that can be built conforms."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_hooks.conformance import Level, check_response
from cds_hooks.json import decode, encode
from cds_hooks.models import (
    Action,
    Card,
    Coding,
    InvalidCardError,
    Link,
    OverrideReason,
    Response,
    Source,
    Suggestion,
)

ORDER = {"resourceType": "ServiceRequest", "id": "1", "status": "draft"}
SOURCE = Source(label="Liver board")


def card(**members: Any) -> Card:
    return Card(**({"summary": "cTACE: bilirubin 2.4 mg/dL", "indicator": "info", "source": SOURCE} | members))


def suggestion(**members: Any) -> Suggestion:
    return Suggestion(**({"label": "Order INR", "uuid": "s-1"} | members))


def test_it_writes_members_in_camel_case_and_leaves_out_what_has_no_value() -> None:
    full = card(
        uuid="c-1",
        suggestions=(
            suggestion(is_recommended=True, actions=(Action(type="create", description="INR", resource=ORDER),)),
        ),
        selection_behavior="any",
        override_reasons=(OverrideReason(code="patient-refuses", system="urn:reasons", display="Patient refuses"),),
        links=(Link(label="Explain", url="https://cds.example/explain", type="absolute"),),
    )
    assert decode(encode(Response(cards=(full,)))) == {
        "cards": [
            {
                "summary": "cTACE: bilirubin 2.4 mg/dL",
                "indicator": "info",
                "source": {"label": "Liver board"},
                "uuid": "c-1",
                "suggestions": [
                    {
                        "label": "Order INR",
                        "uuid": "s-1",
                        "isRecommended": True,
                        "actions": [{"type": "create", "description": "INR", "resource": ORDER}],
                    }
                ],
                "selectionBehavior": "any",
                "overrideReasons": [{"code": "patient-refuses", "system": "urn:reasons", "display": "Patient refuses"}],
                "links": [{"label": "Explain", "url": "https://cds.example/explain", "type": "absolute"}],
            }
        ]
    }


def test_it_writes_no_cards_as_an_empty_array() -> None:
    assert encode(Response(cards=())) == b'{"cards":[]}'


def test_it_has_no_way_to_send_system_actions() -> None:
    assert set(Response.__struct_fields__) == {"cards", "extension"}


def test_it_counts_characters_of_the_summary_not_bytes() -> None:
    assert card(summary="é" * 139).summary
    with pytest.raises(InvalidCardError, match=r"card\.summary"):
        card(summary="e" * 140)


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"summary": " "}, "card.summary"),
        ({"summary": "two\nlines"}, "card.summary"),
        ({"indicator": "hard-stop"}, "card.indicator"),
        ({"uuid": ""}, "card.uuid"),
        ({"detail": ""}, "card.detail"),
        ({"extension": {}}, "card.extension"),
        ({"extension": {"": 1}}, "card.extension name"),
        ({"suggestions": (suggestion(),)}, "card.selectionBehavior"),
        ({"selection_behavior": "all", "suggestions": (suggestion(),)}, "card.selectionBehavior"),
        ({"selection_behavior": "any", "suggestions": (suggestion(), suggestion())}, "suggestion.uuid"),
        (
            {
                "selection_behavior": "at-most-one",
                "suggestions": (suggestion(is_recommended=True), suggestion(is_recommended=True, uuid="s-2")),
            },
            "suggestion.isRecommended",
        ),
    ],
)
def test_it_refuses_a_card(members: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        card(**members)
    assert caught.value.place == place


def test_it_allows_several_recommended_suggestions_under_any() -> None:
    both = (suggestion(is_recommended=True), suggestion(is_recommended=True, uuid="s-2"))
    assert card(selection_behavior="any", suggestions=both).suggestions == both


@pytest.mark.parametrize(
    ("part", "members", "place"),
    [
        (Coding, {"code": "", "system": "s"}, "coding.code"),
        (Coding, {"code": "c", "system": ""}, "coding.system"),
        (Coding, {"code": "c", "system": "s", "display": ""}, "coding.display"),
        (OverrideReason, {"code": "c", "system": "s"}, "overrideReasons.display"),
        (Source, {"label": ""}, "source.label"),
        (Source, {"label": "l", "url": "cds.example"}, "source.url"),
        (Source, {"label": "l", "icon": "http://cds.example/i.png"}, "source.icon"),
        (Link, {"label": "", "url": "https://a.example", "type": "absolute"}, "link.label"),
        (Link, {"label": "l", "url": "http://a.example", "type": "absolute"}, "link.url"),
        (Link, {"label": "l", "url": "javascript:alert(1)", "type": "absolute"}, "link.url"),
        (Link, {"label": "l", "url": "https://a.example/ b", "type": "absolute"}, "link.url"),
        (Link, {"label": "l", "url": "https://[bad", "type": "absolute"}, "link.url"),
        (Link, {"label": "l", "url": "https://", "type": "absolute"}, "link.url"),
        (Link, {"label": "l", "url": "https://a.example", "type": "relative"}, "link.type"),
        (Link, {"label": "l", "url": "https://a.example", "type": "absolute", "app_context": "x"}, "link.appContext"),
        (Link, {"label": "l", "url": "https://a.example", "type": "smart", "app_context": ""}, "link.appContext"),
        (Suggestion, {"label": ""}, "suggestion.label"),
        (Suggestion, {"label": "l", "uuid": ""}, "suggestion.uuid"),
        (Action, {"type": "read", "description": "d"}, "action.type"),
        (Action, {"type": "create", "description": "", "resource": ORDER}, "action.description"),
        (Action, {"type": "create", "description": "d"}, "action.resource"),
        (Action, {"type": "create", "description": "d", "resource": {"id": "1"}}, "action.resource"),
        (Action, {"type": "create", "description": "d", "resource": ORDER, "resource_id": "A/1"}, "action.resourceId"),
        (Action, {"type": "update", "description": "d", "resource": {"resourceType": "Task"}}, "action.resource.id"),
        (Action, {"type": "delete", "description": "d"}, "action.resourceId"),
        (Action, {"type": "delete", "description": "d", "resource_id": "1"}, "action.resourceId"),
        (Action, {"type": "delete", "description": "d", "resource_id": "A/1", "resource": ORDER}, "action.resource"),
    ],
)
def test_it_refuses_a_part(part: type[msgspec.Struct], members: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidCardError) as caught:
        part(**members)
    assert caught.value.place == place


def test_it_refuses_two_cards_with_one_uuid() -> None:
    with pytest.raises(InvalidCardError, match=r"card\.uuid"):
        Response(cards=(card(uuid="c"), card(uuid="c")))


def test_it_refuses_an_empty_extension_on_the_response() -> None:
    with pytest.raises(InvalidCardError, match=r"response\.extension"):
        Response(cards=(), extension={})


@pytest.mark.parametrize("host", ["localhost:5000", "127.0.0.1", "[::1]:8080"])
def test_it_allows_http_links_on_the_same_machine(host: str) -> None:
    assert Link(label="l", url=f"http://{host}/explain", type="absolute").url


def test_it_names_the_member_and_not_its_content() -> None:
    with pytest.raises(InvalidCardError) as caught:
        card(summary="SECRET" * 40)
    assert "SECRET" not in str(caught.value)


LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=139)
ACTIONS = st.sampled_from(
    [
        Action(type="create", description="d", resource={"resourceType": "ServiceRequest"}),
        Action(type="update", description="d", resource=ORDER),
        Action(type="delete", description="d", resource_id="ServiceRequest/1"),
    ]
)
SUGGESTIONS = st.lists(
    st.builds(Suggestion, label=LINE, uuid=st.uuids().map(str), actions=st.lists(ACTIONS, max_size=2).map(tuple)),
    min_size=1,
    max_size=3,
).map(tuple)


@given(LINE, st.sampled_from(["info", "warning", "critical"]), SUGGESTIONS, st.sampled_from(["any", "at-most-one"]))
def test_it_conforms_whenever_it_can_be_built(summary: str, indicator: Any, suggestions: Any, behavior: Any) -> None:
    built = card(uuid="c", summary=summary, indicator=indicator, suggestions=suggestions, selection_behavior=behavior)
    problems = check_response(decode(encode(Response(cards=(built,)))))
    assert [problem for problem in problems if problem.level is Level.SHALL] == []
