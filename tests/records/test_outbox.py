"""The outbox keeps what it acknowledged, once, whoever writes and whatever fails."""

from __future__ import annotations

import multiprocessing
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from cds_hooks import json
from cds_hooks.models import AcceptedSuggestion, FeedbackItem, Override, Reason
from service.records.outbox import Outbox
from service.records.storage import StorageFullError, StorageUnavailableError, writing
from service.records.tables import WAITING_FEEDBACK, moment

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
SPAWN = multiprocessing.get_context("spawn")


def item(card: str = "card-1", **members: object) -> FeedbackItem:
    given = {"card": card, "outcome": "overridden", "outcome_timestamp": "2026-11-01T11:59:00Z"} | members
    return FeedbackItem(**given)


def _items(outbox: Outbox) -> list[FeedbackItem]:
    return [json.decode(row["item"].encode(), FeedbackItem) for row in outbox.all(WAITING_FEEDBACK)]


def _small(folder: Path, pages: int) -> Outbox:
    """An outbox that has its tables and may grow to so many pages."""
    Outbox(folder / "outbox.db").append_feedback("liver", "a", [item("first")], NOW)
    outbox = Outbox(folder / "outbox.db", max_pages=pages)
    outbox.remove(WAITING_FEEDBACK, [1])
    return outbox


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox.db")


def test_it_gives_back_what_it_was_given(outbox: Outbox) -> None:
    reason = Override(reason=Reason(code="patient-refuses"), user_comment="spoke with “her”, 50% sure\n")
    kept = item(override_reason=reason)
    outbox.append_feedback("liver", "st-elsewhere", [kept], NOW)
    (row,) = outbox.page(WAITING_FEEDBACK)
    assert (row["service_id"], row["client"], row["received_at"]) == ("liver", "st-elsewhere", moment(NOW))
    assert _items(outbox) == [kept]


def test_it_keeps_the_order_of_arrival_over_many_pages(outbox: Outbox) -> None:
    cards = [f"card-{number}" for number in range(1203)]
    assert outbox.append_feedback("liver", None, [item(card) for card in cards], NOW) == 1203
    found, after = [], 0
    while page := outbox.page(WAITING_FEEDBACK, after):
        found += [row["card"] for row in page]
        after = page[-1]["number"]
    assert found == cards


def test_it_counts_a_repetition_once(outbox: Outbox) -> None:
    assert outbox.append_feedback("liver", "a", [item(), item()], NOW) == 1
    assert outbox.append_feedback("liver", "a", [item()], NOW) == 0
    assert len(_items(outbox)) == 1


def test_it_takes_the_same_moment_in_another_zone_for_a_repetition(outbox: Outbox) -> None:
    outbox.append_feedback("liver", "a", [item()], NOW)
    assert outbox.append_feedback("liver", "a", [item(outcome_timestamp="2026-11-01T12:59:00+01:00")], NOW) == 0


@pytest.mark.parametrize(
    "other",
    [
        item("card-2"),
        item(outcome="accepted"),
        item(outcome_timestamp="2026-11-01T11:59:01Z"),
        item(accepted_suggestions=(AcceptedSuggestion(id="s"),)),
    ],
)
def test_it_keeps_reports_that_differ(outbox: Outbox, other: FeedbackItem) -> None:
    assert outbox.append_feedback("liver", "a", [item(), other], NOW) == 2


def test_it_keeps_the_same_report_of_two_clients(outbox: Outbox) -> None:
    assert outbox.append_feedback("liver", "a", [item()], NOW) == 1
    assert outbox.append_feedback("liver", "b", [item()], NOW) == 1


def test_it_takes_an_empty_report(outbox: Outbox) -> None:
    assert outbox.append_feedback("liver", "a", [], NOW) == 0


def test_it_finds_its_file_again(tmp_path: Path) -> None:
    Outbox(tmp_path / "outbox.db").append_feedback("liver", "a", [item()], NOW)
    assert len(_items(Outbox(tmp_path / "outbox.db"))) == 1


def test_it_says_full_and_keeps_all_or_nothing(tmp_path: Path) -> None:
    outbox = _small(tmp_path, 40)
    with pytest.raises(StorageFullError):
        outbox.append_feedback("liver", "a", [item(f"card-{number}" * 40) for number in range(500)], NOW)
    assert _items(outbox) == []
    assert outbox.append_feedback("liver", "a", [item()], NOW) == 1


def test_it_says_unavailable_when_another_process_holds_the_file(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outbox.waiting()
    monkeypatch.setattr("service.records.storage.PATIENCE_SECONDS", 0.05)
    impatient = Outbox(tmp_path / "outbox.db")
    impatient.waiting()
    with writing(outbox._engine), pytest.raises(StorageUnavailableError, match="SQLITE_BUSY"):
        impatient.append_feedback("liver", "a", [item()], NOW)


def test_it_reads_while_another_process_writes(outbox: Outbox) -> None:
    outbox.append_feedback("liver", "a", [item()], NOW)
    with writing(outbox._engine):
        assert len(_items(outbox)) == 1


def test_it_says_unavailable_when_there_is_no_folder_and_works_when_there_is(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "missing" / "outbox.db")
    with pytest.raises(StorageUnavailableError, match="SQLITE_CANTOPEN"):
        outbox.append_feedback("liver", "a", [item()], NOW)
    (tmp_path / "missing").mkdir()
    assert outbox.append_feedback("liver", "a", [item()], NOW) == 1


def test_it_says_unavailable_when_the_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "outbox.db").write_bytes(b"not a database, but long enough to look at" * 40)
    with pytest.raises(StorageUnavailableError, match="SQLITE_NOTADB"):
        Outbox(tmp_path / "outbox.db").append_feedback("liver", "a", [item()], NOW)


def test_it_quotes_nothing_in_an_error(tmp_path: Path) -> None:
    outbox = _small(tmp_path, 20)
    with pytest.raises(StorageFullError) as caught:
        outbox.append_feedback("liver", "a", [item("SECRET" * 20_000)], NOW)
    assert "SECRET" not in repr(caught.value)
    assert caught.value.__suppress_context__


def _append(path: str, first: int) -> None:
    outbox = Outbox(Path(path))
    for number in range(first, first + 25):
        outbox.append_feedback("liver", "a", [item(f"card-{number}"), item("shared")], NOW)


def test_it_loses_nothing_when_several_processes_write(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    writers = [SPAWN.Process(target=_append, args=(str(path), 25 * number)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert {kept.card for kept in _items(Outbox(path))} == {*(f"card-{n}" for n in range(75)), "shared"}


def _append_and_die(path: str) -> None:
    Outbox(Path(path)).append_feedback("liver", "a", [item()], NOW)
    os.kill(os.getpid(), signal.SIGKILL)


def test_it_keeps_what_it_acknowledged_when_the_process_is_killed(tmp_path: Path) -> None:
    writer = SPAWN.Process(target=_append_and_die, args=(str(tmp_path / "outbox.db"),))
    writer.start()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    assert len(_items(Outbox(tmp_path / "outbox.db"))) == 1


def test_it_writes_through_to_the_disk(outbox: Outbox) -> None:
    with writing(outbox._engine) as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_it_counts_unmapped_codes_the_most_frequent_first(outbox: Outbox) -> None:
    for code in ("IR-7", "IR-9", "IR-9"):
        outbox.count_unmapped("a", "urn:local", code)
    outbox.count_unmapped(None, "urn:local", "IR-9")
    counts = [(row.client, row.code, row.times) for row in outbox.unmapped()]
    assert counts == [("a", "IR-9", 2), ("", "IR-9", 1), ("a", "IR-7", 1)]


def test_it_cuts_codes_that_are_no_codes(outbox: Outbox) -> None:
    outbox.count_unmapped("a", "s" * 5000, "c" * 5000)
    (row,) = outbox.unmapped()
    assert len(row.system) == len(row.code) == 255


def test_it_says_unavailable_when_the_file_is_read_only(outbox: Outbox) -> None:
    outbox.waiting()
    event.listen(outbox._engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=1").close())
    with pytest.raises(StorageUnavailableError, match="SQLITE_READONLY"):
        outbox.append_feedback("liver", "a", [item()], NOW)
