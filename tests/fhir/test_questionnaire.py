"""Answers to our Questionnaire and to mapped questions."""

from decimal import Decimal

import pytest

from service.codes.own import QUESTIONNAIRE, VALUES_SYSTEM
from service.codes.site import Site
from tests.fhir.making import FHIR, answers, fact, item, quantity, read


def coding(code: str) -> FHIR:
    return {"system": VALUES_SYSTEM, "code": code}


def test_it_reads_answers_of_every_type() -> None:
    given = answers(
        item("portal_flow", valueCoding=coding("hepatopetal")),
        item("ablatable", valueBoolean=False),
        item("lesion_count", valueInteger=3),
        item("largest_lesion", valueQuantity=quantity(42, "mm")),
        item("tumour_burden", valueDecimal=12.5),
        item("tumour_board_age", valueDate="2026-11-02"),
    )
    facts = read(given).facts
    assert facts["portal_flow"].value == "hepatopetal"
    assert facts["ablatable"].value is False
    assert facts["lesion_count"].value == Decimal(3)
    assert facts["largest_lesion"].value == Decimal("4.2")
    assert facts["tumour_burden"].value == Decimal("12.5")
    assert facts["tumour_board_age"].value == Decimal(20)
    assert (facts["ablatable"].source, str(facts["ablatable"].on)) == ("QuestionnaireResponse/q1", "2026-11-20")


def test_it_reads_nested_questions() -> None:
    inner = {"linkId": "group", "item": [item("ablatable", valueBoolean=True)]}
    below = {"linkId": "x", "answer": [{"valueBoolean": True, "item": [item("resectable", valueBoolean=False)]}]}
    assert fact("ablatable", answers(inner)).value is True
    assert fact("resectable", answers(below)).value is False


def test_it_takes_the_newest_answer() -> None:
    old = answers(item("ablatable", valueBoolean=True), key="q1", on="2026-11-01")
    new = answers(item("ablatable", valueBoolean=False), key="q2", on="2026-11-02")
    assert fact("ablatable", old, new).value is False


def test_it_keeps_several_answers_to_one_question() -> None:
    both = {
        "linkId": "planned_drug",
        "answer": [{"valueCoding": coding("doxorubicin")}, {"valueCoding": coding("cisplatin")}],
    }
    assert fact("planned_drug", answers(both)).values == ("doxorubicin", "cisplatin")


@pytest.mark.parametrize("status", ["in-progress", "entered-in-error", "stopped"])
def test_it_does_not_use_answers_that_are_not_finished(status: str) -> None:
    assert fact("ablatable", answers(item("ablatable", valueBoolean=True), status=status)).reason == "not recorded"


def test_it_does_not_choose_from_text_that_is_no_listed_answer() -> None:
    assert fact("portal_flow", answers(item("portal_flow", valueString="rather hepatopetal"))).is_unknown
    assert fact("portal_flow", answers(item("portal_flow", valueString="hepatopetal"))).value == "hepatopetal"


def test_it_leaves_an_unanswered_question_unrecorded() -> None:
    assert fact("ablatable", answers({"linkId": "ablatable"})).reason == "not recorded"


def test_it_reads_any_version_of_our_questionnaire_and_no_other() -> None:
    given = item("ablatable", valueBoolean=True)
    assert fact("ablatable", answers(given, questionnaire=f"{QUESTIONNAIRE}|1.2")).value is True
    assert fact("ablatable", answers(given, questionnaire="http://other.org/q")).reason == "not recorded"


def test_it_reads_a_clients_own_question() -> None:
    site = Site(fact_codes={("http://other.org/q", "7.3"): "ablatable"})
    asked = answers(item("7.3", valueBoolean=True), questionnaire="http://other.org/q")
    assert fact("ablatable", asked, site=site).value is True


def test_it_does_not_know_what_a_broken_response_might_have_said() -> None:
    record = read(answers(item("ablatable", valueBoolean=True, valueInteger=3)))
    assert record.facts["ablatable"].is_unknown
    assert [each.resource for each in record.unreadable] == ["QuestionnaireResponse/q1"]
