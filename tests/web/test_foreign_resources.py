"""One resource of another patient at any place of the prefetch: it is never used, and nothing is judged."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from service.codes.prefetch import templates
from tests.web.requests import PATIENT, SELECT, bundle, hook_request, lab

SUBJECT = {"AllergyIntolerance": "patient", "Device": "patient"}
KINDS = {key: query.partition("?")[0] for key, query in templates().items() if "?" in query}
VALUE = 31.5


def _observation(patient: str, name: str, value: float) -> dict[str, Any]:
    return {**lab("1975-2", value, "mg/dL", patient=patient), "id": name}


def _foreign(kind: str, reference: str) -> dict[str, Any]:
    """One without any subject is not made here: the queries ask for the patient's data, so it counts as the patient's
    (tests/fhir/test_patient.py)."""
    made = {**lab("1975-2", VALUE, "mg/dL"), "resourceType": kind, "id": "foreign"}
    del made["subject"]
    return {**made, SUBJECT.get(kind, "subject"): {"reference": reference}}


def _answer(client: FlaskClient, **prefetch: Any) -> tuple[set[str], str]:
    answer = client.post(SELECT, json=hook_request(**prefetch)).get_json()
    return {each["reason"] for each in answer.get("extension", {}).get("org.livercds.answer", [])}, str(answer)


@pytest.mark.reliability(56)
@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("key", KINDS)
def test_it_judges_nothing_with_a_foreign_resource_at_any_place(client: FlaskClient, key: str, position: int) -> None:
    own = [_observation("p1", f"own{number}", 1.0) for number in range(2)]
    own.insert(position, _foreign(KINDS[key], "Patient/p2"))
    reasons, text = _answer(client, **{key: bundle(*own)})
    assert reasons == {"patient_mismatch"}
    assert str(VALUE) not in text


@pytest.mark.reliability(56)
@pytest.mark.parametrize(
    "reference",
    ["Patient/p2", "https://ehr.example/fhir/Patient/p2", "Patient/p2/_history/1", "Patient/P1", "Patient/p11"],
)
def test_it_knows_another_patient_however_referred_to(client: FlaskClient, reference: str) -> None:
    reasons, text = _answer(client, labs=bundle(_foreign("Observation", reference)))
    assert reasons == {"patient_mismatch"}
    assert str(VALUE) not in text


@pytest.mark.reliability(56)
@pytest.mark.parametrize("reference", ["Patient/p1", "https://ehr.example/fhir/Patient/p1"])
def test_it_knows_its_own_patient_however_referred_to(client: FlaskClient, reference: str) -> None:
    reasons, text = _answer(client, labs=bundle(_foreign("Observation", reference)))
    assert reasons == set()
    assert str(VALUE) in text


@pytest.mark.reliability(56)
def test_it_judges_nothing_when_the_patient_is_another(client: FlaskClient) -> None:
    reasons, _ = _answer(client, patient={**PATIENT, "id": "p2"}, labs=bundle(_observation("p1", "own", VALUE)))
    assert reasons == {"patient_mismatch"}
