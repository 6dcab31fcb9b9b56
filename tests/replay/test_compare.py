"""What counts as a difference between an answer and its golden one."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from cds_hooks import json
from service.replay.compare import differences, problems
from service.replay.targets import Answer

CARD: dict[str, Any] = {
    "uuid": "c1",
    "summary": "cTACE: something on 1 Nov",
    "indicator": "warning",
    "source": {"label": "criteria"},
    "extension": {"org.livercds.decision": {"order": "ServiceRequest/1", "status": "review"}},
}


def _body(*cards: dict[str, Any]) -> bytes:
    return json.encode({"cards": list(cards)})


def _changed(**members: Any) -> dict[str, Any]:
    return {**deepcopy(CARD), **members}


def test_it_finds_nothing_in_the_same_bytes() -> None:
    assert differences(_body(CARD), _body(CARD), exact=True) == []


def test_it_minds_the_words_only_where_bytes_must_be_the_same() -> None:
    other = _body(_changed(summary="cTACE: something on 2 Nov"))
    assert differences(other, _body(CARD), exact=True) == ["the same cards, other bytes"]
    assert differences(other, _body(CARD), exact=False) == []


def test_it_names_a_changed_status_and_indicator() -> None:
    decision = {"org.livercds.decision": {"order": "ServiceRequest/1", "status": "confirm"}}
    found = differences(_body(_changed(indicator="info", extension=decision)), _body(CARD), exact=False)
    assert found == [
        "ServiceRequest/1: status is confirm, not review",
        "ServiceRequest/1: indicator is info, not warning",
    ]


def test_it_names_missing_and_surplus_cards() -> None:
    assert differences(_body(), _body(CARD), exact=False) == ["ServiceRequest/1: no card"]
    assert differences(_body(CARD), _body(), exact=False) == ["ServiceRequest/1: a card that was not expected"]


def test_it_refuses_answers_that_are_wrong_whatever_was_expected() -> None:
    assert problems(Answer(503, b"")) == ["answered 503"]
    assert problems(Answer(200, _body(_changed(indicator="hard-stop"))))
    assert problems(Answer(200, _body(CARD))) == []


def test_it_takes_no_answer_whose_check_failed() -> None:
    why = [{"order": f"ServiceRequest/{n}", "therapy": "ctace", "reason": word} for n, word in enumerate(_REASONS)]
    body = json.encode({"cards": [], "extension": {"org.livercds.answer": why}})
    assert problems(Answer(200, body)) == ["ServiceRequest/1: the check itself failed (reason: internal)"]


_REASONS = ("not_mapped", "internal", "patient_mismatch")
