"""The first look: what it finds, and that no shape stops it or the reader behind it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.codes.site import Site
from service.fhir.models import MODULES
from service.fhir.record import read_record
from service.fhir.scan import NotAResourceError, scan
from tests.fhir.making import TODAY

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ELEMENTS = (
    "id", "meta", "status", "code", "component", "subject", "patient", "medicationCodeableConcept", "contained", "item",
    "medicationReference", "effectiveDateTime", "effectivePeriod", "performedPeriod", "type", "link", "answer",
    "extension", "valueQuantity", "valueCodeableConcept", "clinicalStatus", "verificationStatus", "birthDate",
    "conclusionCode", "questionnaire", "authored", "dosageInstruction", "reasonReference", "bodySite", "reaction",
    "category",
)  # fmt: skip
KNOWN_CODES = st.sampled_from(["1975-2", "21889-1", "89247-1", "109841003", "37243", "10200004"]).flatmap(
    lambda code: st.sampled_from(["http://loinc.org", "http://snomed.info/sct", "http://www.ama-assn.org/go/cpt"]).map(
        lambda system: {"coding": [{"system": system, "code": code}]}
    )
)
RESOURCES = st.builds(
    lambda kind, elements, code: {**elements, "code": code, "resourceType": kind},
    st.sampled_from(sorted(MODULES)),
    st.dictionaries(st.sampled_from(ELEMENTS), ANY_JSON, max_size=6),
    KNOWN_CODES | ANY_JSON,
)


@given(st.lists(RESOURCES | ANY_JSON, max_size=4))
def test_it_never_stops_at_any_json(resources: list[object]) -> None:
    raw = [(f"any[{number}]", json.dumps(each).encode()) for number, each in enumerate(resources)]
    record = read_record(
        raw, patient_id="p1", today=TODAY, site=Site(closed_world=frozenset({"Condition", "Procedure"}))
    )
    assert record.facts is not None


@given(st.binary(max_size=40))
def test_it_never_stops_at_any_bytes(content: bytes) -> None:
    record = read_record([("any", content)], patient_id="p1", today=TODAY, site=Site())
    assert len(record.unreadable) <= 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"3", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b"{}", "no resourceType"),
        (b'{"resourceType": 3}', "no resourceType"),
        (b"{", "not readable as JSON"),
        (b"\xff", "not readable as JSON"),
        (b"[" * 5000, "not readable as JSON"),
    ],
)
def test_it_says_why_something_is_no_resource(content: bytes, reason: str) -> None:
    with pytest.raises(NotAResourceError, match=reason):
        scan("labs[0]", content)


def test_it_finds_codes_in_a_head_that_is_not_r4() -> None:
    crooked = scan(
        "x", b'{"resourceType": "Condition", "code": [{"coding": [{"system": "s", "code": "c"}]}], "status": 5}'
    )
    assert crooked.crooked
    assert [(each.system, each.code) for each in crooked.codings] == [("s", "c")]


def test_it_names_a_resource_by_its_id_and_otherwise_by_its_place() -> None:
    assert scan("labs[3]", b'{"resourceType": "Observation", "id": "b1"}').source == "Observation/b1"
    assert scan("labs[3]", b'{"resourceType": "Observation"}').source == "labs[3]"
