"""GET /fhir/…: what we publish is valid FHIR, found by its canonical address, and answered for our reader."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from flask.testing import FlaskClient

from service.clinical.dictionary import FACTS
from service.clinical.values import State
from service.codes.own import FACTS_SYSTEM, QUESTIONNAIRE, never_link
from service.codes.published import PUBLISHED
from tests.fhir.making import FHIR, answers, item, quantity, read

MEDIA_TYPE = "application/fhir+json"


def _got(reader: FlaskClient, path: str, status: int = 200) -> Any:
    answer = reader.get(path)
    assert (answer.status_code, answer.content_type) == (status, MEDIA_TYPE)
    return answer.json


@pytest.mark.parametrize(("kind", "ident"), PUBLISHED)
def test_it_hands_out_what_is_published(reader: FlaskClient, kind: str, ident: str) -> None:
    found = _got(reader, f"/fhir/{kind}/{ident}")
    model = getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    assert model.model_validate(found).id == ident
    assert found["url"].endswith(f"/fhir/{kind}/{ident}")


def test_it_declares_what_it_can_do_and_can_do_what_it_declares(reader: FlaskClient) -> None:
    found = _got(reader, "/fhir/metadata")
    statement = CapabilityStatement.model_validate(found)
    assert (statement.fhirVersion, str(statement.date), statement.kind) == ("4.0.1", "2026-11-22", "instance")
    declared = {each["type"]: each for each in found["rest"][0]["resource"]}
    assert set(declared) == {kind for kind, _ in PUBLISHED}
    for kind, each in declared.items():
        assert [interaction["code"] for interaction in each["interaction"]] == ["read", "search-type"]
        resource = _got(reader, f"/fhir/{kind}")["entry"][0]["resource"]
        for parameter in each["searchParam"]:
            value = resource[parameter["name"].strip("_")]
            found = _got(reader, f"/fhir/{kind}?{parameter['name']}={value}")
            assert [entry["resource"] for entry in found["entry"]] == [resource]


@pytest.mark.parametrize(("kind", "ident"), PUBLISHED)
def test_it_finds_by_canonical_address_with_and_without_version(reader: FlaskClient, kind: str, ident: str) -> None:
    resource = _got(reader, f"/fhir/{kind}/{ident}")
    url, version = resource["url"], resource["version"]
    for asked in (f"url={url}", f"url={url}|{version}", f"url={url}&version={version}", f"url=urn:other,{url}"):
        found = _got(reader, f"/fhir/{kind}?{asked}")
        Bundle.model_validate(found)
        assert found["total"] == 1
        assert found["entry"][0]["resource"] == resource
        assert reader.get(found["entry"][0]["fullUrl"]).json == resource


@pytest.mark.parametrize("asked", ["url=urn:other", f"url={FACTS_SYSTEM}|0", f"url={FACTS_SYSTEM}&version=0", "_id=no"])
def test_it_finds_nothing_without_an_empty_array(reader: FlaskClient, asked: str) -> None:
    found = _got(reader, f"/fhir/CodeSystem?{asked}")
    assert Bundle.model_validate(found).total == 0
    assert "entry" not in found


def test_it_says_which_parameters_counted(reader: FlaskClient) -> None:
    found = _got(reader, "/fhir/CodeSystem?_format=json&_id=facts&name=%00")
    assert found["link"] == [{"relation": "self", "url": "http://localhost/fhir/CodeSystem?_id=facts"}]


@pytest.mark.parametrize("path", ["CodeSystem/no", "Questionnaire/facts", "Patient/1", "Patient", "no/such/place", ""])
def test_it_says_in_fhir_that_there_is_nothing(reader: FlaskClient, path: str) -> None:
    found = _got(reader, f"/fhir/{path}", 404)
    assert found["resourceType"] == "OperationOutcome"
    assert found["issue"][0]["code"] == "not-found"


def test_it_takes_nothing(reader: FlaskClient) -> None:
    answer = reader.post("/fhir/CodeSystem", json={"resourceType": "CodeSystem"})
    assert (answer.status_code, answer.content_type) == (405, MEDIA_TYPE)


def _questions(items: list[FHIR]) -> list[FHIR]:
    return [each for group in items for each in ([group] if group["type"] != "group" else _questions(group["item"]))]


def _answered(question: FHIR, value: Any) -> FHIR:
    """A client's answer to a published question, `value` one of its options or of its unit."""
    name = question["linkId"]
    match question["type"]:
        case "boolean":
            return item(name, valueBoolean=value)
        case "choice":
            return item(name, valueCoding=value["valueCoding"])
        case "date":
            return item(name, valueDate=value)
        case "integer":
            return item(name, valueInteger=value)
        case _:
            return item(name, valueQuantity=quantity(value, question["extension"][0]["valueCoding"]["code"]))


NEVER_SUFFIX = never_link("")


def _values(question: FHIR) -> list[Any]:
    """All answers that the question offers, or one that is plausible."""
    match question["type"]:
        case "boolean":
            return [True] if question["linkId"].endswith(NEVER_SUFFIX) else [True, False]
        case "choice":
            return list(question["answerOption"])
        case "date":
            return ["2026-11-02"]
    bounds = FACTS.get(question["linkId"])
    low = bounds.minimum if bounds else None
    number = max(Decimal(7), low or Decimal(7)) if bounds is None or bounds.maximum is None else bounds.maximum
    return [int(number)] if question["type"] == "integer" else [float(number)]


def test_it_publishes_questions_whose_every_answer_the_reader_understands(reader: FlaskClient) -> None:
    """Of the Questionnaire as a client gets it: each option of each question, one QuestionnaireResponse at a time."""
    found = _got(reader, f"/fhir/Questionnaire?url={QUESTIONNAIRE}")["entry"][0]["resource"]
    questions = _questions(found["item"])
    assert len(questions) > 300
    never = [question for question in questions if question["linkId"].endswith(NEVER_SUFFIX)]
    others = [question for question in questions if question not in never]
    assert (_silent(others), len(never) > 0, _silent(never)) == ([], True, [])


def _silent(questions: list[FHIR]) -> list[tuple[int, str]]:
    """Answers that give no fact. A day and "never" contradict each other, so they are not asked together."""
    found = []
    for turn in range(max(len(_values(question)) for question in questions)):
        asked = [(question, values[turn]) for question in questions if len(values := _values(question)) > turn]
        facts = read(answers(*(_answered(question, value) for question, value in asked))).facts
        names = [question["linkId"].removesuffix(NEVER_SUFFIX) for question, _ in asked]
        found += [(turn, name) for name in names if name not in facts or facts[name].state is not State.KNOWN]
    return found
