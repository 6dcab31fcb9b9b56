"""What was reported, exported with what it is on; nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from cds_hooks.models import AcceptedSuggestion, FeedbackItem, Override, Reason
from service.records.export import as_csv, as_lines
from service.records.ledger import Ledger, Reported
from service.records.records import Place, Records
from tests.records.making import NOW, feedback, given


@pytest.fixture
def records(tmp_path: Path) -> Records:
    made = Records(Place(tmp_path), lambda: NOW, lambda _: None)
    made.outbox.append_feedback("liver", "demo", [feedback("known"), feedback("unknown")], NOW)
    made.writer.offer(given("known"))
    made.writer.drain()
    return made


@pytest.fixture(params=["waiting", "moved"])
def ledger(records: Records, tmp_path: Path, request: pytest.FixtureRequest) -> Ledger:
    if request.param == "moved":
        records.mover.move()
    return Ledger(Place(tmp_path))


def test_it_marks_reports_on_cards_that_are_not_on_record(ledger: Ledger) -> None:
    lines = [json.loads(line) for line in as_lines(ledger.feedback())]
    assert [(line["feedback"]["card"], line["known"]) for line in lines] == [("known", True), ("unknown", False)]
    assert [decision["therapy"] for decision in lines[0]["decisions"]] == ["ctace"]


def test_it_takes_another_clients_card_for_unknown(records: Records, tmp_path: Path) -> None:
    records.outbox.append_feedback("liver", "other", [feedback("known")], NOW)
    (report,) = (report for report in Ledger(Place(tmp_path)).feedback() if report.client == "other")
    assert report.decisions == ()


def test_it_shows_a_row_once_that_is_in_both_places(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records.outbox, "remove", lambda *_: None)
    records.mover.move()
    assert len(list(Ledger(Place(tmp_path)).feedback())) == 2


def test_it_finds_the_decisions_and_reports_of_one_card(ledger: Ledger) -> None:
    assert [row["therapy"] for row in ledger.decisions("known")] == ["ctace"]
    assert [report.item.card for report in ledger.feedback(card="unknown")] == ["unknown"]
    assert ledger.thresholds(ledger.decisions("known")[0]["threshold_set"])
    assert ledger.thresholds("0" * 64) is None


def test_it_exports_since_a_moment(ledger: Ledger) -> None:
    assert len(list(ledger.feedback("2026-11-01"))) == 2
    assert list(ledger.feedback("2026-11-02")) == []


def test_it_makes_no_file_by_looking(tmp_path: Path) -> None:
    assert list(Ledger(Place(tmp_path)).feedback()) == []
    assert Ledger(Place(tmp_path)).unmapped() == []
    assert list(tmp_path.iterdir()) == []


def test_it_adds_the_codes_that_wait_to_those_that_rest(records: Records, tmp_path: Path) -> None:
    records.outbox.count_unmapped("ward", "urn:local", "X1")
    records.mover.move()
    records.outbox.count_unmapped("ward", "urn:local", "X1")
    records.outbox.count_unmapped("ward", "urn:local", "X2")
    assert [(row.code, row.times) for row in Ledger(Place(tmp_path)).unmapped()] == [("X1", 2), ("X2", 1)]


def _report(item: FeedbackItem) -> Reported:
    return Reported("ward", "liver", "2026-11-01T12:00:00.000000+00:00", item, ())


@pytest.mark.reliability(63)
@for_all(st.sampled_from("=+-@\t\r\n"), st.text(max_size=10))
def test_it_lets_no_cell_be_run_as_a_formula(first: str, rest: str) -> None:
    text = first + rest
    reason = Override(reason=Reason(code=text, system=text, display=text), user_comment=text)
    item = feedback(text, override_reason=reason, accepted_suggestions=(AcceptedSuggestion(id=text),))
    _, row = csv.reader(as_csv([_report(item)]), strict=True)
    assert row.count(f"'{text}") == 6


@pytest.mark.reliability(63)
@for_all(st.text(max_size=10))
def test_it_writes_csv_that_reads_back(text: str) -> None:
    item = feedback("card", override_reason=Override(user_comment=text))
    header, row = csv.reader(as_csv([_report(item)]), strict=True)
    assert row[header.index("comment")].removeprefix("'") == text.removeprefix("'")


def test_it_names_every_column(ledger: Ledger) -> None:
    first, second = csv.DictReader(as_csv(ledger.feedback()))
    assert (first["card_known"], first["therapy"], second["card_known"], second["therapy"]) == (
        "yes",
        "ctace",
        "no",
        "",
    )
