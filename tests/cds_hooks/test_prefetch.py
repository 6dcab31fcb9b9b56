"""Each prefetch value is told for what it is; whatever may hide data is never called complete."""

from __future__ import annotations

import json as plain
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_hooks.json import decode
from cds_hooks.prefetch import Prefetched, State, classify

LAB = {"resourceType": "Observation", "id": "o-1"}
PATIENT = {"resourceType": "Patient", "id": "p-1", "link": [{"other": {"reference": "Patient/2"}, "type": "seealso"}]}
NEXT = {"relation": "next", "url": "https://fhir.example/page2"}


def outcome(*severities: str) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": severity} for severity in severities]}


def bundle(*resources: Any, **members: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in resources]} | members


def told(value: Any) -> Prefetched:
    return classify(["key"], {"key": msgspec.Raw(plain.dumps(value).encode())})["key"]


@pytest.mark.parametrize(
    ("value", "state", "count", "is_complete"),
    [
        (None, State.NULL, 0, True),
        (PATIENT, State.RESOURCE, 1, True),
        (bundle(LAB, LAB), State.BUNDLE, 2, True),
        (bundle(LAB, type="collection"), State.BUNDLE, 1, True),
        (bundle(LAB, total=700), State.BUNDLE, 1, True),
        (bundle(), State.EMPTY, 0, True),
        ({"resourceType": "Bundle"}, State.EMPTY, 0, True),
        ({"resourceType": "Bundle", "total": 0, "entry": None, "link": None}, State.EMPTY, 0, True),
        (bundle(outcome("information")), State.EMPTY, 0, True),
        (bundle(LAB, outcome("information")), State.BUNDLE, 1, True),
        (outcome("error"), State.OUTCOME, 0, False),
        (outcome("information"), State.OUTCOME, 0, False),
        (bundle(outcome("error")), State.OUTCOME, 0, False),
        (bundle(outcome("warning")), State.OUTCOME, 0, False),
        (bundle(outcome()), State.OUTCOME, 0, False),
        (bundle(outcome("information", "fatal")), State.OUTCOME, 0, False),
        (bundle(LAB, outcome("error")), State.BUNDLE, 1, False),
        (bundle(LAB, link=[{"relation": "self", "url": "x"}, NEXT]), State.PAGED, 1, False),
        (bundle(link=[NEXT]), State.PAGED, 0, False),
        (bundle(link=[{"relation": "next"}]), State.PAGED, 0, False),
        (bundle(link=[{"relation": "self"}, None]), State.EMPTY, 0, True),
        (bundle(total=3), State.UNREADABLE, 0, False),
        ({"resourceType": "Bundle", "entry": [{"fullUrl": "x"}, None]}, State.UNREADABLE, 0, False),
        (bundle(LAB, None), State.BUNDLE, 1, False),
        ({"resourceType": "Bundle", "entry": {}}, State.UNREADABLE, 0, False),
        ({"resourceType": "Bundle", "entry": [1]}, State.UNREADABLE, 0, False),
        ({"resourceType": "Bundle", "link": "x"}, State.UNREADABLE, 0, False),
        ({}, State.UNREADABLE, 0, False),
        ({"resourceType": 1}, State.UNREADABLE, 0, False),
        ([], State.UNREADABLE, 0, False),
        ("Patient/1", State.UNREADABLE, 0, False),
        (7, State.UNREADABLE, 0, False),
    ],
)
def test_it_tells_what_came(value: Any, state: State, count: int, is_complete: bool) -> None:
    prefetched = told(value)
    assert (prefetched.state, len(list(prefetched)), prefetched.is_complete) == (state, count, is_complete)
    assert bool(prefetched.trouble) is not is_complete


def test_it_tells_that_a_key_did_not_come() -> None:
    for received in (None, {}, {"other": msgspec.Raw(b"{}")}):
        (prefetched,) = classify(["labs"], received).values()
        assert (prefetched.state, prefetched.is_complete) == (State.ABSENT, False)


def test_it_keeps_the_declared_order_and_ignores_other_keys() -> None:
    received = {key: msgspec.Raw(b"null") for key in ("zz", "b", "a")}
    assert list(classify(["a", "b", "c"], received)) == ["a", "b", "c"]


def test_it_gives_resources_undecoded_and_in_order() -> None:
    first, second = told(bundle(LAB, LAB | {"id": "o-2"}))
    assert [decode(first)["id"], decode(second)["id"]] == ["o-1", "o-2"]


def test_it_gives_the_next_page_and_the_outcomes() -> None:
    prefetched = told(bundle(LAB, outcome("error"), link=[NEXT]))
    assert prefetched.next_page == NEXT["url"]
    assert [decode(found)["resourceType"] for found in prefetched.outcomes] == ["OperationOutcome"]


def test_it_believes_the_search_mode() -> None:
    value = {
        "resourceType": "Bundle",
        "entry": [{"resource": {"issue": [{"severity": "error"}]}, "search": {"mode": "outcome"}}],
    }
    assert told(value).state is State.OUTCOME


def test_it_keeps_a_resource_that_merely_mentions_an_outcome() -> None:
    assert len(list(told(bundle(LAB | {"note": [{"text": "OperationOutcome"}]})))) == 1


def test_it_keeps_what_is_no_resource_for_the_reader_to_report() -> None:
    prefetched = told(bundle("OperationOutcome", 7, LAB))
    assert (prefetched.state, len(prefetched.resources)) == (State.BUNDLE, 3)


def test_it_says_so_when_a_value_is_no_text() -> None:
    assert classify(["key"], {"key": msgspec.Raw(b'{"resourceType": "\xff"}')})["key"].state is State.UNREADABLE


ENTRIES = st.lists(
    st.sampled_from([LAB, PATIENT, outcome("error"), outcome("information"), outcome("warning"), None]), max_size=6
)


@given(ENTRIES, st.booleans(), st.sampled_from([None, 0, 1, 50]))
def test_it_calls_nothing_empty_or_complete_that_may_hide_data(
    entries: list[Any], paged: bool, total: int | None
) -> None:
    prefetched = told(bundle(*entries, link=[NEXT] if paged else [], total=total))
    resources = [entry for entry in entries if entry in (LAB, PATIENT)]
    hides = paged or None in entries or any(entry in (outcome("error"), outcome("warning")) for entry in entries)
    assert [decode(found) for found in prefetched] == resources
    if hides or (total and not resources):
        assert not prefetched.is_complete
        assert prefetched.state is not State.EMPTY
    else:
        assert prefetched.is_complete
        assert prefetched.state is (State.BUNDLE if resources else State.EMPTY)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["", "x", "Bundle", "Patient", "OperationOutcome"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["resourceType", "entry", "link", "resource", "search", "mode"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_it_has_no_accident_with_any_json(value: Any) -> None:
    prefetched = told(value)
    assert prefetched.state is not State.ABSENT
    assert (prefetched.state is State.NULL) is (value is None)
