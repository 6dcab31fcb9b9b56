"""A recorded decision holds no identifier and comes out again when it is computed again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from service.fixtures import packaged_fixtures, read_fixture
from service.records.again import again
from service.records.given import decision_rows, set_row
from tests.records.making import KEY, check, given

FOLDERS = sorted(path.parent.name for path in packaged_fixtures().glob("*/order-sign.json"))
SET = msgspec.json.decode(set_row(check().thresholds)["content"])


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_comes_out_again_for_every_fixture(folder: str) -> None:
    made = given(fixture=folder, on=read_fixture(packaged_fixtures() / folder).as_of)
    for row in decision_rows(made, KEY):
        result = again(row, SET, check().knowledge)
        assert (result.same, result.why) == (bool(row["therapy"]) or None, result.why if not row["therapy"] else "")


def test_it_writes_no_identifier() -> None:
    made = replace(given(), patient="patient-refractory-ascites")
    text = msgspec.json.encode(list(decision_rows(made, KEY))).decode()
    assert "patient-refractory-ascites" not in text
    assert "order-1" not in text
    assert "instance" not in text.replace("hook_instance", "")


def test_it_gives_the_same_digest_to_a_repeated_call_only() -> None:
    (first,) = decision_rows(given(), KEY)
    (repeated,) = decision_rows(replace(given(), at=given().at.replace(hour=13)), KEY)
    (other,) = decision_rows(replace(given(), client="other"), KEY)
    assert first["digest"] == repeated["digest"]
    assert first["digest"] != other["digest"]


def test_it_records_a_notice_without_decisions() -> None:
    (row,) = decision_rows(replace(given(), decisions=(), reason="patient_mismatch"), KEY)
    assert (row["therapy"], row["status"], row["facts"]) == ("", "patient_mismatch", "{}")
    assert again(row, SET, check().knowledge).same is None


@pytest.fixture
def row() -> dict[str, str]:
    return next(decision_rows(given(), KEY))


def test_it_says_when_another_status_comes_out(row: dict[str, str]) -> None:
    result = again(row | {"status": "none_found"}, SET, check().knowledge)
    assert (result.same, result.why) == (False, "status contraindicated")


def test_it_says_which_outcomes_differ(row: dict[str, str]) -> None:
    outcomes = [pair if pair[1] != "not_met" else [pair[0], "met"] for pair in msgspec.json.decode(row["outcomes"])]
    result = again(row | {"outcomes": msgspec.json.encode(outcomes).decode()}, SET, check().knowledge)
    assert result.same is False
    assert ": no longer met" in result.why


def test_it_does_not_compute_with_other_knowledge(row: dict[str, str]) -> None:
    result = again(row | {"knowledge": "0" * 64}, SET, check().knowledge)
    assert (result.same, "another version" in result.why) == (None, True)


def test_it_does_not_compute_without_the_set(row: dict[str, str]) -> None:
    assert again(row, None, check().knowledge).same is None


def test_it_notices_a_set_that_was_changed(row: dict[str, str]) -> None:
    name = next(name for name, value in check().thresholds.values.items() if isinstance(value, Decimal))
    assert again(row, SET | {name: {"number": "99"}}, check().knowledge).same is False
