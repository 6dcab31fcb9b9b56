"""Feedback and decisions seen from the outside: acknowledged only when on disk, and never at the cost of a card."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from service.app import create_app
from service.records.ledger import Ledger
from service.records.records import Place, Records
from service.settings import read_settings
from tests.conftest import NOW
from tests.web.requests import PATIENT, SELECT, SIGN, bundle, hook_request, lab, order

FEEDBACK = f"{SELECT}/feedback"


def _item(card: str = "c1", **members: Any) -> dict[str, Any]:
    return {"card": card, "outcome": "overridden", "outcomeTimestamp": "2026-11-22T12:00:00Z", **members}


@pytest.fixture
def records(app: Flask) -> Records:
    made = app.extensions["liver_cds_records"]
    assert isinstance(made, Records)
    return made


def _ledger(tmp_path: Path) -> Ledger:
    return Ledger(Place(tmp_path / "data"))


def test_it_records_the_decision_behind_a_card(client: FlaskClient, records: Records, tmp_path: Path) -> None:
    answer = client.post(SELECT, json=hook_request(labs=bundle(lab("1975-2", 2.4, "mg/dL")))).get_json()
    records.close()
    card = answer["cards"][0]
    (row,) = _ledger(tmp_path).decisions(card["uuid"])
    assert (row["therapy"], row["client"], row["indicator"]) == ("ctace", "demo", card["indicator"])
    assert row["status"] == card["extension"]["org.livercds.decision"]["status"]


def test_it_records_the_notice_of_an_order_that_was_not_checked(
    client: FlaskClient, records: Records, tmp_path: Path
) -> None:
    mismatch = hook_request(labs=bundle(lab("1975-2", 0.8, "mg/dL", patient="p2")))
    cards = client.post(SELECT, json=mismatch).get_json()["cards"]
    records.close()
    assert [row["status"] for row in _ledger(tmp_path).decisions(cards[0]["uuid"])] == ["patient_mismatch"]


def test_it_knows_the_card_that_feedback_is_on(client: FlaskClient, records: Records, tmp_path: Path) -> None:
    card = client.post(SIGN, json=hook_request(hook="order-sign")).get_json()["cards"][0]["uuid"]
    assert client.post(FEEDBACK, json={"feedback": [_item(card), _item("nobody's")]}).status_code == 200
    records.close()
    assert {report.item.card: bool(report.decisions) for report in _ledger(tmp_path).feedback()} == {
        card: True,
        "nobody's": False,
    }


def test_it_keeps_mixed_late_and_repeated_items(client: FlaskClient, tmp_path: Path) -> None:
    late = _item("c2", outcome="accepted", outcomeTimestamp="2020-01-01T00:00:00Z", acceptedSuggestions=[{"id": "s"}])
    for _ in range(2):
        assert client.post(FEEDBACK, json={"feedback": [_item(), late, _item()]}).status_code == 200
    assert sorted(report.item.card for report in _ledger(tmp_path).feedback()) == ["c1", "c2"]


CANARIES = ("Kanarienvogel", "canary-patient", "canary-order", "canary-instance")


@pytest.mark.reliability(66)
def test_it_writes_no_name_and_no_identifier_to_the_disk(client: FlaskClient, records: Records, tmp_path: Path) -> None:
    drafted = order("canary-order") | {"subject": {"reference": "Patient/canary-patient"}}
    body = hook_request(drafted, labs=bundle(lab("1975-2", 2.4, "mg/dL", patient="canary-patient")))
    body["hookInstance"] = "canary-instance"
    body["context"]["patientId"] = "canary-patient"
    body["prefetch"]["patient"] = {**PATIENT, "id": "canary-patient", "name": [{"family": "Kanarienvogel"}]}
    assert client.post(SELECT, json=body).get_json()["cards"]
    records.close()
    records.mover.move()
    written = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert b"ctace" in written
    assert [word for word in CANARIES if word.encode() in written] == []


def _answers(client: FlaskClient) -> tuple[int, int, int]:
    """(a hook call, feedback, readiness), each on a card that is really given."""
    answer = client.post(SELECT, json=hook_request())
    assert answer.get_json()["cards"]
    feedback = client.post(FEEDBACK, json={"feedback": [_item()]})
    return answer.status_code, feedback.status_code, client.get("/readyz").status_code


def test_it_gives_cards_and_refuses_feedback_without_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder can be made under a file")
    settings = read_settings({}, mode="development", data_dir=str(tmp_path / "file" / "data"))
    client = create_app(settings, clock=lambda: NOW).test_client()
    assert _answers(client) == (200, 503, 503)


def test_it_gives_cards_and_refuses_feedback_while_the_outbox_is_locked(
    client: FlaskClient, tmp_path: Path, records: Records
) -> None:
    records.outbox.waiting()
    with closing(sqlite3.connect(tmp_path / "data" / "outbox.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert _answers(client) == (200, 503, 503)
        other.execute("ROLLBACK")
    assert _answers(client) == (200, 200, 200)


def test_it_gives_cards_and_refuses_feedback_on_a_full_disk(client: FlaskClient, records: Records) -> None:
    records.outbox.waiting()
    event.listen(records.outbox._engine, "connect", lambda file, _: file.execute("PRAGMA max_page_count=1").close())
    big = {"feedback": [_item(str(number) * 200) for number in range(300)]}
    assert client.post(SELECT, json=hook_request()).get_json()["cards"]
    answer = client.post(FEEDBACK, json=big)
    assert (answer.status_code, answer.get_json()["resourceType"]) == (503, "OperationOutcome")


def test_it_gives_cards_and_takes_feedback_while_the_database_is_away(tmp_path: Path) -> None:
    settings = read_settings(
        {}, mode="development", data_dir=str(tmp_path / "data"), database_url="postgresql://x:SECRET@127.0.0.1:1/none"
    )
    app = create_app(settings, clock=lambda: NOW)
    client, records = app.test_client(), app.extensions["liver_cds_records"]
    assert _answers(client) == (200, 200, 200)
    records.close()
    records.mover.step()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["status"]) == (200, "degraded")
    assert ready.get_json()["database"].startswith("OperationalError since ")
    assert "SECRET" not in ready.text
    assert records.outbox.waiting() >= 2


def test_it_is_ready_when_all_is_well(client: FlaskClient) -> None:
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_it_counts_records_that_are_lost(client: FlaskClient, records: Records) -> None:
    records.writer._drop("test", 3)
    assert "liver_cds_records_lost_total 3.0" in client.get("/metrics").text
