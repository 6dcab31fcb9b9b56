"""What we publish is valid FHIR, whole, and what the reader understands."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.codesystem import CodeSystem
from fhir.resources.R4B.questionnaire import Questionnaire

from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.dictionary import FACTS
from service.clinical.values import NEVER, State
from service.codes.code_systems import CODE_SYSTEMS
from service.codes.own import FACTS_SYSTEM, QUESTIONNAIRE, THERAPIES_SYSTEM, VALUES_SYSTEM
from service.codes.published import PUBLISHED, code_system, questionnaire
from service.codes.resource import version
from service.fixtures import packaged_fixtures
from tests.fhir.making import FHIR, answers, item, quantity, read

ADDRESSES = {"facts": FACTS_SYSTEM, "fact-values": VALUES_SYSTEM, "therapies": THERAPIES_SYSTEM}
NUMBER = Decimal(7)
MAY_BE_NEVER = {
    name for name, fact in FACTS.items() if fact.type == "date_age" and fact.absence_means_no == "closed-world optional"
}


def _codes(name: str) -> list[str]:
    return [concept["code"] for concept in code_system(name)["concept"]]


def _questions() -> list[FHIR]:
    return [question for group in questionnaire()["item"] for question in group["item"]]


@pytest.mark.parametrize("name", CODE_SYSTEMS)
def test_it_publishes_a_valid_code_system(name: str) -> None:
    resource = code_system(name)
    assert CodeSystem.model_validate(resource).url == ADDRESSES[name] == f"{ADDRESSES[name].rpartition('/')[0]}/{name}"
    assert resource["count"] == len(set(_codes(name))) == len(_codes(name))
    assert all(concept["display"].strip() for concept in resource["concept"])


def test_it_publishes_every_fact_value_and_therapy() -> None:
    assert _codes("facts") == [*FACTS, *AUXILIARY]
    assert set(_codes("fact-values")) == {
        "never",
        *(value for defined in (FACTS, AUXILIARY) for row in defined.values() for value in row.values),
    }
    assert set(_codes("therapies")) >= set(FACTS["ordered_therapy"].values)


def test_it_publishes_a_valid_questionnaire() -> None:
    resource = questionnaire()
    assert Questionnaire.model_validate(resource).url == QUESTIONNAIRE
    links = [question["linkId"] for question in _questions()]
    assert len(set(links)) == len(links)


def test_it_asks_for_every_fact_that_is_read_or_asked_and_for_no_other() -> None:
    asked = {question["linkId"] for question in _questions()} & set(FACTS)
    how = {name: fact.how_obtained for name, fact in FACTS.items()}
    assert {name for name in FACTS if how[name].startswith(("read", "asked"))} <= asked
    assert {name for name in asked if how[name].startswith("setting")} == set()
    assert {name for name in asked if how[name].startswith("computed")} == {
        name for name in FACTS if how[name].startswith("computed") and ("asked" in how[name] or name in MAY_BE_NEVER)
    }


def _links(content: Any) -> set[str]:
    if isinstance(content, list):
        return set().union(*map(_links, content))
    if isinstance(content, dict):
        own = {content["linkId"]} if "linkId" in content else set()
        return own.union(*map(_links, content.values()))
    return set()


def _bundles() -> list[Path]:
    return sorted(packaged_fixtures().glob("*/bundle.json"))


def test_it_has_a_question_for_every_answer_of_the_fixtures() -> None:
    answered = set().union(*(_links(json.loads(path.read_text(encoding="utf-8"))) for path in _bundles()))
    assert answered
    computed = {name for name in answered & set(FACTS) if FACTS[name].how_obtained.startswith("computed")}
    assert answered - computed <= {question["linkId"] for question in _questions()}


def _answered(question: FHIR) -> FHIR:
    name, kind = question["linkId"], question["type"]
    bounds = FACTS.get(name)
    number = NUMBER if bounds is None else _within(bounds.minimum, bounds.maximum)
    match kind:
        case "boolean":
            return item(name, valueBoolean=True)
        case "choice":
            return item(name, valueCoding=question["answerOption"][-1]["valueCoding"])
        case "date":
            return item(name, valueDate="2026-11-02")
        case "integer":
            return item(name, valueInteger=int(number))
        case "quantity":
            unit = question["extension"][0]["valueCoding"]["code"]
            return item(name, valueQuantity=quantity(float(number), unit))
    raise AssertionError(kind)


def _within(low: Decimal | None, high: Decimal | None) -> Decimal:
    """A number that is plausible, and whole where the bounds leave room for one."""
    if low is None or high is None:
        return max(NUMBER, low or NUMBER)
    return low.to_integral_value(rounding="ROUND_CEILING") if low.to_integral_value("ROUND_CEILING") <= high else low


def test_it_asks_only_what_the_reader_understands() -> None:
    """One answer of the published type to every question gives its fact, as known."""
    questions = [question for question in _questions() if not question["linkId"].endswith("-never")]
    facts = read(answers(*map(_answered, questions))).facts
    silent = [
        name
        for question in questions
        if (name := question["linkId"]) not in facts or facts[name].state is not State.KNOWN
    ]
    assert silent == []


def test_it_asks_whether_what_no_record_denies_never_happened() -> None:
    questions = [question for question in _questions() if question["linkId"].endswith("-never")]
    facts = read(answers(*map(_answered, questions))).facts
    assert {name for name, fact in facts.items() if fact.value == NEVER} == MAY_BE_NEVER
    assert [question["code"][0]["code"] for question in questions] == sorted(MAY_BE_NEVER, key=list(FACTS).index)


def test_it_bounds_whole_numbers_by_what_is_plausible() -> None:
    ecog = next(question for question in _questions() if question["linkId"] == "ecog")
    assert {each["url"].rpartition("/")[2]: each["valueInteger"] for each in ecog["extension"]} == {
        "minValue": int(FACTS["ecog"].minimum or 0),
        "maxValue": int(FACTS["ecog"].maximum or 0),
    }


def test_it_changes_the_version_with_the_content_alone() -> None:
    assert code_system("facts")["version"] == code_system("facts")["version"]
    assert version([{"code": "a"}]) != version([{"code": "b"}])


def test_it_hands_out_resources_by_type_and_id() -> None:
    for (kind, ident), make in PUBLISHED.items():
        assert (make()["resourceType"], make()["id"]) == (kind, ident)
    assert {kind for kind, _ in PUBLISHED} == {"CodeSystem", "Questionnaire"}
