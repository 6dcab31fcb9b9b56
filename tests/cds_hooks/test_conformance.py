"""Every rule is found broken where it is broken, and nothing is found in what conforms."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cds_hooks.conformance import (
    Level,
    check_discovery,
    check_feedback,
    check_outcome,
    check_request,
    check_response,
)

DISCOVERY: dict[str, Any] = {
    "services": [
        {
            "hook": "order-sign",
            "id": "liver",
            "title": "Liver",
            "description": "Tests orders",
            "version": "2.0.1",
            "prefetch": {
                "patient": "Patient/{{context.patientId}}",
                "user": "{{context.userId}}",
                "labs": "Observation?patient={{context.patientId}}&code:in=urn:set&_sort=-date&_count=200",
                "role": "PractitionerRole?practitioner={{userPractitionerId}}",
            },
        }
    ]
}
RESPONSE: dict[str, Any] = {
    "cards": [
        {
            "uuid": "c-1",
            "summary": "s",
            "detail": "**bold** 2 < 3",
            "indicator": "info",
            "source": {"label": "l", "url": "https://a.example", "topic": {"code": "y90", "system": "urn:x"}},
            "suggestions": [
                {
                    "label": "l",
                    "uuid": "s-1",
                    "isRecommended": True,
                    "actions": [
                        {"type": "create", "description": "d", "resource": {"resourceType": "Task", "input": []}},
                        {"type": "update", "description": "d", "resource": {"resourceType": "Task", "id": "1"}},
                        {"type": "delete", "description": "d", "resourceId": "Task/1"},
                    ],
                },
                {"label": "l", "uuid": "s-2"},
            ],
            "selectionBehavior": "at-most-one",
            "overrideReasons": [{"code": "c", "system": "urn:x", "display": "d"}],
            "links": [
                {"label": "l", "url": "https://a.example", "type": "absolute"},
                {"label": "l", "url": "https://a.example", "type": "smart", "appContext": "{}", "autolaunchable": True},
            ],
            "extension": {"org.example": {"may": None}},
        }
    ],
    "systemActions": [{"type": "delete", "description": "d", "resourceId": "Task/1"}],
}
FEEDBACK: dict[str, Any] = {
    "feedback": [
        {
            "card": "c-1",
            "outcome": "accepted",
            "acceptedSuggestions": [{"id": "s-1"}],
            "outcomeTimestamp": "1985-04-12T23:20:50.52Z",
        },
        {
            "card": "c-1",
            "outcome": "overridden",
            "overrideReason": {"reason": {"code": "c", "system": "urn:x"}, "userComment": "no"},
            "outcomeTimestamp": "2026-11-01T10:00:00Z",
        },
    ]
}
GONE = object()


def changed(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with one member replaced, added or (GONE) removed."""
    result = copy.deepcopy(document)
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    target: Any = result
    for step in way:
        target = target[step]
    if value is GONE:
        del target[last]
    else:
        target[last] = value
    return result


@pytest.mark.parametrize("document", [DISCOVERY, {"services": []}])
def test_it_finds_nothing_in_a_good_discovery_document(document: Any) -> None:
    assert check_discovery(document) == []


@pytest.mark.parametrize("document", [RESPONSE, {"cards": []}])
def test_it_finds_nothing_in_a_good_response(document: Any) -> None:
    assert check_response(document) == []


@pytest.mark.parametrize("document", [FEEDBACK, {"feedback": []}])
def test_it_finds_nothing_in_good_feedback(document: Any) -> None:
    assert check_feedback(document) == []


@pytest.mark.parametrize(
    ("path", "value", "rule", "level"),
    [
        ("services", GONE, "D-2", Level.SHALL),
        ("services", {}, "D-2", Level.SHALL),
        ("services/0", "x", "D-4", Level.SHALL),
        ("services/0/hook", GONE, "D-4", Level.SHALL),
        ("services/0/id", GONE, "D-4", Level.SHALL),
        ("services/0/description", GONE, "D-4", Level.SHALL),
        ("services/0/description", 1, "D-4", Level.SHALL),
        ("services/0/description", "", "G-3", Level.SHALL),
        ("services/0/prefetch", {}, "G-3", Level.SHALL),
        ("services/0/prefetch", None, "G-3", Level.SHALL),
        ("services/0/prefetch", [], "D-4", Level.SHALL),
        ("services/0/title", GONE, "D-4", Level.SHOULD),
        ("services/0/version", "two", "D-4", Level.SHOULD),
        ("services/0/extension", [], "D-4", Level.SHALL),
        ("services/0/id", "a b", "D-7", Level.SHALL),
        ("services", DISCOVERY["services"] * 2, "D-6", Level.SHALL),
        ("services/0/prefetch/x", 1, "P-1", Level.SHALL),
        ("services/0/prefetch/x", "https://fhir.example/Patient", "P-2", Level.SHALL),
        ("services/0/prefetch/x", "/Patient", "P-2", Level.SHALL),
        ("services/0/prefetch/x", "Patient/{{context.patientId}", "P-3", Level.SHALL),
        ("services/0/prefetch/x", "Patient/{{user}}", "P-4", Level.SHALL),
        ("services/0/prefetch/x", "Task?x={{context.draftOrders.entry}}", "P-4", Level.SHOULD),
        ("services/0/prefetch/x", "Task?x=ge{{today() - 90 days}}", "P-4", Level.SHOULD),
        ("services/0/prefetch/x", "Task?x={{context.draftOrders}}", "P-5", Level.SHALL),
        ("services/0/prefetch/x", "Task?patient.name={{context.patientId}}", "P-6", Level.SHOULD),
        ("services/0/prefetch/x", "Task?code:text=x", "P-6", Level.SHOULD),
        ("services/0/prefetch/x", "Task?_include=Task:patient", "P-6", Level.SHOULD),
        ("services/0/prefetch/x", "Task?date=ne2026", "P-6", Level.SHOULD),
        ("services/0/prefetch/x", "Patient/{{%later.id}}", "P-8", Level.SHALL),
        ("services/0/prefetch/x", "Patient/{{%x.id}}", "P-8", Level.SHALL),
        ("services/0/prefetch", {"a": "Patient/{{%b.id}}", "b": "Patient/{{userPatientId}}"}, "P-7", Level.SHALL),
        ("services/0/prefetch/x", "Task/{{context.x.ofType(Resource)}}", "P-9", Level.SHALL),
        ("services/0/hook", "Sign", "D-11", Level.SHOULD),
    ],
)
def test_it_finds_a_broken_rule_of_discovery(path: str, value: Any, rule: str, level: Level) -> None:
    found = check_discovery(changed(DISCOVERY, path, value))
    assert (rule, level) in {(problem.rule, problem.level) for problem in found}


def test_it_takes_any_context_member_as_token_of_a_private_hook() -> None:
    private = changed(DISCOVERY, "services/0/hook", "com.example-view")
    assert check_discovery(changed(private, "services/0/prefetch/x", "Task?x={{context.anything}}")) == []


CARD = "cards/0"
CREATE, UPDATE, DELETE = (f"cards/0/suggestions/0/actions/{number}" for number in range(3))


@pytest.mark.parametrize(
    ("path", "value", "rule", "level"),
    [
        ("cards", GONE, "S-1", Level.SHALL),
        ("cards", None, "S-1", Level.SHALL),
        ("systemActions", [], "G-3", Level.SHALL),
        (CARD, 1, "S-5", Level.SHALL),
        (f"{CARD}/summary", GONE, "S-5", Level.SHALL),
        (f"{CARD}/summary", "x" * 140, "S-5", Level.SHALL),
        (f"{CARD}/summary", "", "G-3", Level.SHALL),
        (f"{CARD}/indicator", "hard-stop", "S-5", Level.SHALL),
        (f"{CARD}/indicator", GONE, "S-5", Level.SHALL),
        (f"{CARD}/source", GONE, "S-5", Level.SHALL),
        (f"{CARD}/source/label", GONE, "S-5", Level.SHALL),
        (f"{CARD}/source/url", "a.example", "S-5", Level.SHALL),
        (f"{CARD}/source/url", "http://a.example", "G-2", Level.SHOULD),
        (f"{CARD}/source/icon", "https://[bad", "S-5", Level.SHALL),
        (f"{CARD}/source/topic/system", GONE, "S-5", Level.SHALL),
        (f"{CARD}/detail", "<script>x</script>", "S-5", Level.SHOULD),
        (f"{CARD}/uuid", GONE, "B-5", Level.SHOULD),
        (f"{CARD}/extension", [1], "S-5", Level.SHALL),
        (f"{CARD}/suggestions", [], "G-3", Level.SHALL),
        (f"{CARD}/selectionBehavior", GONE, "S-6", Level.SHALL),
        (f"{CARD}/selectionBehavior", "all", "S-5", Level.SHALL),
        (f"{CARD}/suggestions/1/isRecommended", True, "cds-resp-1", Level.SHALL),
        (f"{CARD}/suggestions/1/isRecommended", "yes", "S-5", Level.SHALL),
        (f"{CARD}/suggestions/1/uuid", "s-1", "S-5", Level.SHALL),
        (f"{CARD}/suggestions/1/uuid", GONE, "B-5", Level.SHOULD),
        (f"{CARD}/suggestions/1/label", GONE, "S-5", Level.SHALL),
        (f"{CARD}/suggestions/1/actionSelectionBehavior", "any", "S-9", Level.SHOULD),
        (f"{CARD}/suggestions/1/actionSelectionBehavior", "some", "cds-resp-7", Level.SHALL),
        (f"{CARD}/overrideReasons/0/display", GONE, "S-7", Level.SHALL),
        (f"{CARD}/links/0/appContext", "x", "S-8", Level.SHALL),
        (f"{CARD}/links/1/appContext", {"a": 1}, "S-5", Level.SHALL),
        (f"{CARD}/links/0/type", "relative", "S-5", Level.SHALL),
        (f"{CARD}/links/0/url", "/explain", "S-5", Level.SHALL),
        (f"{CREATE}/type", "modify", "S-5", Level.SHALL),
        (f"{CREATE}/description", GONE, "cds-resp-5", Level.SHALL),
        (f"{CREATE}/resource", GONE, "S-5", Level.SHALL),
        (f"{UPDATE}/resource/id", GONE, "S-5", Level.SHALL),
        (f"{DELETE}/resourceId", GONE, "cds-resp-2", Level.SHOULD),
        (f"{DELETE}/resourceId", "1", "cds-resp-2", Level.SHOULD),
        (f"{DELETE}/resource", "Task/1", "cds-resp-2", Level.SHOULD),
        ("systemActions/0/description", GONE, "S-5", Level.SHOULD),
        ("cards", RESPONSE["cards"] * 2, "S-5", Level.SHALL),
    ],
)
def test_it_finds_a_broken_rule_of_a_response(path: str, value: Any, rule: str, level: Level) -> None:
    found = check_response(changed(RESPONSE, path, value))
    assert (rule, level) in {(problem.rule, problem.level) for problem in found}


ACCESS = {
    "access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "patient/Observation.rs", "subject": "s",
    "patient": "p1",
}  # fmt: skip
REQUEST: dict[str, Any] = {
    "hook": "order-sign",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "fhirServer": "https://fhir.example",
    "fhirAuthorization": ACCESS,
    "context": {"userId": "Practitioner/1", "patientId": "p1", "draftOrders": {"resourceType": "Bundle"}},
}


@pytest.mark.parametrize(
    ("path", "value", "rule", "level"),
    [
        ("hook", GONE, "R-8", Level.SHALL),
        ("hookInstance", "1", "R-8", Level.SHOULD),
        ("context", [], "R-8", Level.SHALL),
        ("context/draftOrders", GONE, "R-8", Level.SHALL),
        ("prefetch", [], "R-8", Level.SHALL),
        ("fhirServer", GONE, "cds-r-1", Level.SHALL),
        ("fhirAuthorization/token_type", "bearer", "R-8", Level.SHALL),
        ("fhirAuthorization/expires_in", "300", "R-8", Level.SHALL),
        ("fhirAuthorization/patient", GONE, "cds-r-2", Level.SHOULD),
    ],
)
def test_it_finds_a_broken_rule_of_a_request(path: str, value: Any, rule: str, level: Level) -> None:
    assert check_request(REQUEST) == []
    found = check_request(changed(REQUEST, path, value))
    assert (rule, level) in {(problem.rule, problem.level) for problem in found}


@pytest.mark.parametrize("issue", [{"severity": "bad", "code": "x"}, {"severity": "error"}, 1])
def test_it_finds_an_error_body_that_is_no_outcome(issue: Any) -> None:
    good = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "invalid"}]}
    assert check_outcome(good) == []
    for bad in ({"error": "x"}, {**good, "issue": []}, {**good, "issue": [issue]}):
        assert {problem.rule for problem in check_outcome(bad)} == {"H-1"}


@pytest.mark.parametrize(
    ("path", "value", "rule", "level"),
    [
        ("feedback", GONE, "B-2", Level.SHALL),
        ("feedback/0", [], "B-2", Level.SHALL),
        ("feedback/0/card", GONE, "B-2", Level.SHALL),
        ("feedback/0/outcome", "ignored", "cds-fb-1", Level.SHALL),
        ("feedback/0/acceptedSuggestions", GONE, "cds-fb-2", Level.SHALL),
        ("feedback/0/acceptedSuggestions/0/id", GONE, "B-2", Level.SHALL),
        ("feedback/0/outcomeTimestamp", "2026-11-01", "B-2", Level.SHALL),
        ("feedback/0/outcomeTimestamp", "2026-13-01T00:00:00Z", "B-2", Level.SHALL),
        ("feedback/0/outcomeTimestamp", "2026-11-01T00:00:00+01:00", "B-2", Level.SHOULD),
        ("feedback/1/overrideReason", {}, "cds-fb-3", Level.SHALL),
        ("feedback/1/overrideReason/reason/code", GONE, "B-2", Level.SHALL),
        ("feedback/1/overrideReason/userComment", "", "G-3", Level.SHALL),
    ],
)
def test_it_finds_a_broken_rule_of_feedback(path: str, value: Any, rule: str, level: Level) -> None:
    found = check_feedback(changed(FEEDBACK, path, value))
    assert (rule, level) in {(problem.rule, problem.level) for problem in found}


def test_it_names_the_place() -> None:
    (problem,) = check_response(changed(RESPONSE, "cards/0/links/1/url", "x"))
    assert problem.place == "cards[0].links[1].url"
    (problem,) = check_discovery({"services": [{"hook": "order-sign", "id": "a", "title": "t"}]})
    assert problem.place == "services[0].description"


NAMES = st.sampled_from(
    [*"abc", *RESPONSE["cards"][0], *FEEDBACK["feedback"][0], *DISCOVERY["services"][0], "cards", "services"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "x", "delete", "update", "2026-11-01T10:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.just("feedback"), inner, max_size=4),
    max_leaves=15,
)


@given(JSON)
def test_it_has_no_accident_with_any_document(document: Any) -> None:
    for check in (check_discovery, check_response, check_feedback, check_request, check_outcome):
        for wrapped in (document, {"cards": [document], "services": [document], "feedback": [document]}):
            assert isinstance(check(wrapped), list)
