"""Pages put together without a network: what is kept, and what the words say is missing."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from cds_hooks.prefetch import State, classify
from service.fhir.fetching.base import read_base
from service.fhir.fetching.budget import Budget
from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.paging import Reader
from service.fhir.fetching.query import Query, queries
from service.fhir.fetching.registration import Limits
from tests.fhir.fetching.record_server import bundle, resource

BASE = read_base("https://ehr.example.org/fhir")
LABS = Query("labs", "Observation", is_search=True, relative="Observation?patient=p1")
WARNING = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}


def _reader(pages: dict[str, Any], query: Query = LABS) -> Reader:
    def get(address: str) -> bytes:
        page = pages[address.removeprefix("https://ehr.example.org/fhir/")]
        if isinstance(page, Outcome):
            raise FetchError(page)
        return json.dumps(page).encode()

    return Reader(query, BASE, get, Budget(Limits()), 10)


def test_it_puts_pages_together_in_order() -> None:
    reader = _reader({
        "Observation?patient=p1": bundle(resource("Observation", 1), following="2"),
        "2": bundle(resource("Observation", 2), following="3"),
        "3": bundle(resource("Observation", 3)),
    })  # fmt: skip
    labs = reader.read()
    assert [json.loads(bytes(raw))["id"][-1] for raw in labs] == ["1", "2", "3"]
    assert (labs.state, labs.trouble, labs.next_page) == (State.BUNDLE, "", None)
    assert reader.outcome is Outcome.ANSWERED


@pytest.mark.parametrize("outcome", [Outcome.SERVER_ERROR, Outcome.DENIED, Outcome.TIMEOUT, Outcome.UNREADABLE])
def test_it_keeps_the_pages_before_one_that_fails(outcome: Outcome) -> None:
    reader = _reader({"Observation?patient=p1": bundle(resource("Observation"), following="2"), "2": outcome})
    labs = reader.read()
    assert len(labs.resources) == 1
    assert labs.state is State.PAGED
    assert labs.trouble == f"not complete, {outcome.words}"
    assert reader.outcome is outcome


def test_it_has_nothing_when_the_first_page_fails() -> None:
    with pytest.raises(FetchError):
        _reader({"Observation?patient=p1": Outcome.DENIED}).read()


def test_it_does_not_forget_a_warning_of_an_earlier_page() -> None:
    reader = _reader({"Observation?patient=p1": bundle(WARNING, following="2"), "2": bundle(resource("Observation"))})
    assert reader.read().trouble == "an error came with the data"


def test_it_says_that_more_follows_when_the_link_leads_nowhere() -> None:
    page = bundle(resource("Observation"))
    page["link"] = [{"relation": "next"}]
    assert _reader({"Observation?patient=p1": page}).read().trouble == "more pages follow"


@pytest.mark.parametrize("last", [bundle(resource("Observation", 2)), Outcome.TIMEOUT])
def test_it_goes_on_where_the_prefetched_bundle_ended(last: Any) -> None:
    sent = classify(("labs",), {"labs": _raw(bundle(resource("Observation", 1), following="2"))})["labs"]
    labs = _reader({"2": last}, Query("labs", "Observation", is_search=True, relative="", begun=sent)).read()
    assert labs.is_complete is (last is not Outcome.TIMEOUT)
    assert len(labs.resources) == (1 if last is Outcome.TIMEOUT else 2)


@pytest.mark.parametrize(
    ("kind", "extra", "kept"), [("MedicationRequest", "Medication", 2), ("Observation", "Medication", 1)]
)
def test_it_keeps_medications_beside_the_requests_that_name_them(kind: str, extra: str, kept: int) -> None:
    query = Query("x", kind, is_search=True, relative="x")
    reader = _reader({"x": bundle(resource(kind), resource(extra))}, query)
    assert len(reader.read().resources) == kept


def test_it_fills_no_query_with_what_is_no_id() -> None:
    values = classify(("a",), None)
    for odd in ("1&_include=*", "../Practitioner", "a/b/c", "%2f", "x?y", "..", ""):
        wanted, unfillable = queries({"a": "Condition?patient={{context.patientId}}"}, values, {}, odd)
        assert (wanted, unfillable) == ([], ["a"])


def test_it_shows_no_patient_in_a_repr() -> None:
    assert "p1" not in repr(LABS)


def _raw(content: Any) -> Any:
    return msgspec.Raw(json.dumps(content).encode())
