import pytest

from service.cards.notices import CannotReason, cannot_check_card, mismatch_card, unmapped_card
from service.cards.style import CLOSING, CardStyle

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:1)\n\u202e" + "very long title " * 20
GIVEN = {"style": CardStyle(), "hook_instance": "h1"}


def every(title):
    for reason in CannotReason:
        yield cannot_check_card("ServiceRequest/1", title, reason, therapies=("ctace",), **GIVEN)
    yield unmapped_card("ServiceRequest/1", title, **GIVEN)
    yield mismatch_card("ServiceRequest/1", title, therapies=("tae", "ctace"), **GIVEN)


@pytest.mark.parametrize("title", ["cTACE", "", HOSTILE])
def test_it_informs_within_the_limits(title):
    for card in every(title):
        assert card.indicator == "info"
        assert len(card.summary) <= 139
        assert len(card.detail) <= 900
        assert len(card.detail.split("\n")) <= 12
        assert card.detail.endswith(CLOSING)
        assert card.override_reasons


def test_it_disarms_the_title():
    for card in every(HOSTILE):
        assert "<" not in card.summary + card.detail
        assert "[x]" not in card.detail
        assert "\u202e" not in card.summary + card.detail


def test_it_says_what_was_not_checked_and_where_to_look():
    card = cannot_check_card("ServiceRequest/1", "cTACE", CannotReason.DEADLINE, **GIVEN)
    assert card.summary == "cTACE: not checked, the record could not be read in time"
    assert "None of the criteria for cTACE was checked" in card.detail
    assert "Look instead at:" in card.detail


def test_it_says_that_nothing_was_checked_for_an_unmapped_order():
    card = unmapped_card("ServiceRequest/1", "Embolisation local code", **GIVEN)
    assert card.summary == "Embolisation local code: not mapped to a therapy, nothing was checked"


def test_it_says_patient_mismatch():
    assert "patient mismatch" in mismatch_card("ServiceRequest/1", "TAE", **GIVEN).summary


def test_it_tells_machines_the_reason():
    card = cannot_check_card("ServiceRequest/1", "cTACE", CannotReason.FHIR_FAILURE, therapies=("ctace",), **GIVEN)
    assert card.extension == {
        "org.livercds.decision": {
            "id": card.uuid,
            "order": "ServiceRequest/1",
            "status": "not_checked",
            "reason": "fhir_failure",
            "therapy": "ctace",
        }
    }


def test_it_is_stable_and_differs_by_reason():
    assert len({card.uuid for card in every("cTACE")}) == len(CannotReason) + 2
    assert [card.uuid for card in every("a")] == [card.uuid for card in every("b")]
