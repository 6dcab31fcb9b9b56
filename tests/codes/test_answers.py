from __future__ import annotations

import pytest

from service.clinical.dictionary import FACTS
from service.codes.answers import answer, text_answer
from service.codes.own import VALUES_SYSTEM
from service.codes.rows import read
from service.codes.systems import LOINC, NCIT, SNOMED


@pytest.mark.parametrize(
    ("fact", "coding", "value"),
    [
        ("ecog", (LOINC, "LA9622-7"), "0"),
        ("ecog", (SNOMED, "423237006"), "4"),
        ("kps", (LOINC, "LA29176-7"), "90"),
        ("child_pugh", (SNOMED, "710066005"), "7..9"),
        ("child_pugh", (NCIT, "C148151"), "5..7"),
        ("pregnant", (SNOMED, "60001007"), "false"),
        ("pregnant", (LOINC, "LA15173-0"), "true"),
        ("pregnant", (SNOMED, "102874004"), "unknown"),
        ("cirrhosis", (SNOMED, "373067005"), "false"),
        ("cirrhosis", (SNOMED, "261665006"), "unknown"),
        ("distant_metastasis", (SNOMED, "1229901006"), "false"),
        ("portal_flow", (VALUES_SYSTEM, "hepatofugal"), "hepatofugal"),
        ("cirrhosis", (VALUES_SYSTEM, "true"), "true"),
    ],
)
def test_it_reads_coded_answers(fact: str, coding: tuple[str, str], value: str) -> None:
    assert answer(fact, coding) == value


@pytest.mark.parametrize(
    ("fact", "coding"),
    [
        ("portal_flow", (SNOMED, "373066001")),
        ("portal_flow", (VALUES_SYSTEM, "sideways")),
        ("ecog", (SNOMED, "10200004")),
        ("cirrhosis", ("urn:oid:1.2.3", "373067005")),
    ],
)
def test_it_says_nothing_about_an_answer_of_another_question(fact: str, coding: tuple[str, str]) -> None:
    assert answer(fact, coding) is None


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("bclc_stage", "BCLC-B2", "B"),
        ("bclc_stage", " bclc stage 0 ", "0"),
        ("child_pugh", "Child-Pugh A5", "5"),
        ("child_pugh", "b", "7..9"),
        ("ecog", "ECOG 1", "1"),
        ("kps", "30%", "30"),
        ("encephalopathy", "WH 2", "grade_1_2"),
        ("portal_vein_invasion", "vp4", "Vp4"),
        ("ascites", "moderate severe", "moderate_severe"),
        ("cirrhosis", "No", "false"),
    ],
)
def test_it_reads_a_text_that_is_an_answer_as_a_whole(fact: str, text: str, value: str) -> None:
    assert text_answer(fact, text) == value


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("ecog", "0-1"),
        ("bclc_stage", "not BCLC B"),
        ("ascites", "no ascites"),
        ("portal_flow", "yes"),
        ("child_pugh", "Child-Pugh A5, was B7"),
        ("cirrhosis", ""),
    ],
)
def test_it_does_not_search_within_a_text(fact: str, text: str) -> None:
    assert text_answer(fact, text) is None


def test_it_gives_one_text_one_value() -> None:
    found: dict[tuple[str, str], str] = {}
    for row in read("text_answers.csv"):
        key = row["fact"], row["text"].strip().casefold()
        assert found.setdefault(key, row["value"]) == row["value"]
        assert row["text"] == row["text"].strip()


@pytest.mark.parametrize("name", ["answers.csv", "text_answers.csv"])
def test_it_gives_only_values_that_the_fact_has(name: str) -> None:
    for row in read(name):
        fact, value = row["fact"], row["value"]
        if fact == "*" or value == "unknown" or FACTS[fact].type == "boolean":
            assert value in {"true", "false", "unknown"}
        elif FACTS[fact].is_number:
            definition = FACTS[fact]
            ends = [int(end) for end in value.split("..")]
            assert definition.minimum is not None
            assert definition.maximum is not None
            assert definition.minimum <= ends[0] <= ends[-1] <= definition.maximum
        else:
            assert value in FACTS[fact].values
