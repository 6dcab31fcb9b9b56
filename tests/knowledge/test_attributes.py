"""The source attributes say what is true: what is "not used" changes no decision, what is "used" does."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from service.cli import main
from service.cli.request_file import Setup, judge_file
from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.dictionary import FACTS
from service.codes import tables
from service.codes.systems import LOINC
from service.fixtures import packaged_fixtures
from service.knowledge_pages.attributes import HEALTH_STATUS, NOT_USED, attributes
from service.knowledge_pages.attributes_page import attributes_page
from service.order_check import OrderCheck
from service.rules.decision import Decision
from service.rules.loader import load

ROOT = Path(__file__).parents[2]
FIXTURES = [
    path.parent
    for path in sorted(packaged_fixtures().glob("*/order-sign.json"))
    if "patient" in json.loads(path.read_text(encoding="utf-8")).get("prefetch", {})
]
FHIR = dict[str, Any]
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition"
RACE_AND_ETHNICITY = "urn:oid:2.16.840.1.113883.6.238"
UNREAD = re.compile(
    r"\b(race|ethnic\w*|communication|language|gender.?identity|sexual.?orientation|pronouns?|marital\w*|sdoh|housing"
    r"|interpreter|religion|tribal\w*|income|education)\b",
    re.IGNORECASE,
)


def _person(kind: int) -> FHIR:
    """What US Core records of a person, for one of two people who differ in all of it."""
    race, ethnicity, language = [("2106-3", "2135-2", "es"), ("2028-9", "2186-5", "en")][kind]
    return {
        "extension": [
            _extension("us-core-race", race),
            _extension("us-core-ethnicity", ethnicity),
            {
                "url": f"{US_CORE}/us-core-genderIdentity",
                "valueCodeableConcept": {"text": ["female", "non-binary"][kind]},
            },
        ],
        "communication": [
            {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": language}]}, "preferred": True}
        ],
        "maritalStatus": {"text": ["married", "single"][kind]},
    }


def _extension(name: str, code: str) -> FHIR:
    category = {"url": "ombCategory", "valueCoding": {"system": RACE_AND_ETHNICITY, "code": code}}
    return {"url": f"{US_CORE}/{name}", "extension": [category, {"url": "text", "valueString": code}]}


def _survey(patient: str, kind: int) -> list[FHIR]:
    """Answers on race, preferred language, housing and gender identity, as US Core and FHIR record them."""
    codes = ("32624-9", "54899-0", "71802-3", "76691-5")
    return [
        {
            "resourceType": "Observation",
            "id": f"person-{code}",
            "status": "final",
            "subject": {"reference": f"Patient/{patient}"},
            "effectiveDateTime": "2026-01-05T10:00:00Z",
            "code": {"coding": [{"system": LOINC, "code": code}]},
            "valueCodeableConcept": {"text": ["one answer", "another answer"][kind]},
        }
        for code in codes
    ]


def _changed(request: FHIR, kind: int) -> FHIR:
    patient = request["prefetch"]["patient"]
    patient |= _person(kind)
    for content in request["prefetch"].values():
        if content and content.get("resourceType") == "Bundle":
            content.setdefault("entry", []).extend({"resource": each} for each in _survey(patient["id"], kind))
            break
    return request


@pytest.fixture(scope="module")
def check() -> OrderCheck:
    return Setup().check()


def _judged(request: FHIR, check: OrderCheck, as_of: date, folder: Path) -> list[Decision]:
    """Facts, findings, status and alternatives of every order."""
    path = folder / "request.json"
    path.write_text(json.dumps(request), encoding="utf-8")
    return [each for result in judge_file(path, check, as_of) for each in result.decisions]


def _request(fixture: Path) -> tuple[FHIR, date]:
    described = yaml.safe_load((fixture / "fixture.yaml").read_text(encoding="utf-8"))
    return json.loads((fixture / "order-sign.json").read_text(encoding="utf-8")), date.fromisoformat(
        str(described["as_of"])
    )


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_it_decides_the_same_whatever_race_ethnicity_language_gender_identity_or_housing(
    fixture: Path, check: OrderCheck, tmp_path: Path
) -> None:
    request, as_of = _request(fixture)
    before = _judged(request, check, as_of, tmp_path)
    for kind in (0, 1):
        changed = _changed(_request(fixture)[0], kind)
        assert _judged(changed, check, as_of, tmp_path) == before


def test_it_decides_by_sex_and_date_of_birth(check: OrderCheck, tmp_path: Path) -> None:
    """So the comparison above can tell a difference, and both are rightly said to be used."""
    fixture = packaged_fixtures() / "usual-chart"
    request, as_of = _request(fixture)
    before = _judged(request, check, as_of, tmp_path)
    for name, value in (("gender", "female"), ("birthDate", "2012-07-25")):
        changed = _request(fixture)[0]
        changed["prefetch"]["patient"][name] = value
        assert _judged(changed, check, as_of, tmp_path) != before


def test_it_names_no_fact_code_or_answer_for_what_is_not_used() -> None:
    texts = [*FACTS, *AUXILIARY, *(value for fact in FACTS.values() for value in fact.values)]
    for table in (tables.OBSERVATIONS, tables.CONDITIONS, tables.ANSWERS, tables.PROCEDURES):
        texts += [meaning.display for meanings in table.values() for meaning in meanings]
    assert [text for text in texts if UNREAD.search(text.replace("_", " "))] == []


def test_it_reads_no_such_element_anywhere() -> None:
    """The reader names the elements that it reads; none of these is among them."""
    sources = sorted((ROOT / "service" / "fhir").glob("*.py"))
    assert sources
    found = [
        (path.name, line.strip())
        for path in sources
        for line in path.read_text(encoding="utf-8").splitlines()
        if UNREAD.search(line)
    ]
    assert found == []


def test_it_never_reads_a_filtration_rate_by_race() -> None:
    by_race = {code for (system, code), reason in tables.REJECTED.items() if system == LOINC and "race" in reason}
    by_race |= {code for (_, code), found in tables.OBSERVATIONS.items() for each in found if "black" in each.display}
    assert {"48642-3", "48643-1"} <= by_race | {code for _, code in tables.REJECTED}
    assert [code for _, code in tables.OBSERVATIONS if code in by_race] == []


def test_it_has_the_thirteen_attributes_of_the_rule() -> None:
    found = attributes(load())
    assert len(found) == 13
    assert {each.name for each in found if each.used is False} == set(NOT_USED)
    assert {each.name for each in found if each.used} == {"sex", "date of birth", "health status assessments"}
    assert set(HEALTH_STATUS) <= set(FACTS)


def test_its_page_is_up_to_date(runner: CliRunner) -> None:
    """If this fails: liver-cds knowledge attributes > docs/safety/source-attributes.md."""
    page = (ROOT / "docs" / "safety" / "source-attributes.md").read_text(encoding="utf-8")
    assert page == attributes_page(load())
    assert runner.invoke(main, ["knowledge", "attributes"]).output == page


def test_it_hands_them_to_machines_with_every_document(runner: CliRunner) -> None:
    found = json.loads(runner.invoke(main, ["knowledge", "attributes", "--json"]).stdout)
    assert [each["used"] for each in found["attributes"] if each["name"] == "race"] == [False]
    assert {each["key"] for each in found["citations"]} == set(load().references)
