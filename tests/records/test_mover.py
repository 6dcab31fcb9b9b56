"""The mover loses and doubles nothing, whatever fails between the outbox and the database."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from service.records.database import Database
from service.records.mover import LONGEST_PAUSE_SECONDS, PAUSE_SECONDS, Mover
from service.records.opening import open_database
from service.records.outbox import Outbox
from service.records.storage import StorageRefusedError, StorageUnavailableError
from service.records.tables import DECISIONS, FEEDBACK, SETS, WAITING_FEEDBACK, moment
from service.records.writer import Writer
from tests.records.making import KEY, NOW, feedback, given


class Place:
    """A data folder, with a hand on what fails in it."""

    def __init__(self, folder: Path, keep: timedelta | None = None) -> None:
        self.folder, self.now = folder, NOW
        self.outbox = Outbox(folder / "outbox.sqlite")
        self.database = open_database("", folder)
        self.mover = self.start(keep)

    def start(self, keep: timedelta | None = None) -> Mover:
        """As after a crash: everything opened anew."""
        return Mover(self.outbox, self.database, self.folder / "mover.lock", self._clock, keep)

    def _clock(self) -> datetime:
        return self.now

    def report(self, *cards: str) -> None:
        self.outbox.append_feedback("liver", "ward", [feedback(card) for card in cards], self.now)

    def cards(self) -> list[str]:
        return sorted(row["card"] for row in self.database.feedback())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_it_moves_everything_and_empties_the_outbox(place: Place) -> None:
    writer = Writer(place.outbox, lambda: KEY, lambda _: None)
    writer.offer(given())
    writer.drain()
    place.report("a", "b")
    assert place.mover.move() == 4
    assert place.outbox.waiting() == 0
    assert [len(place.database.rows(table)) for table in (SETS, DECISIONS, FEEDBACK)] == [1, 1, 2]


def test_it_moves_many_pages(place: Place) -> None:
    place.report(*(f"card-{number}" for number in range(1203)))
    place.mover.move()
    assert (len(place.cards()), place.outbox.waiting()) == (1203, 0)


def test_it_takes_a_repetition_after_the_move_for_one(place: Place) -> None:
    for _ in range(2):
        place.report("a")
        place.mover.move()
    assert place.cards() == ["a"]


def test_it_adds_up_the_unmapped_codes_of_several_machines(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    for name, times in (("one", 2), ("two", 3)):
        (tmp_path / name).mkdir()
        place = Place(tmp_path / name)
        place.database = database
        mover = place.start()
        for _ in range(times):
            place.outbox.count_unmapped("ward", "urn:local", "X1")
            mover.move()
        mover.move()
    assert [row.times for row in database.unmapped()] == [5]


class Crash(BaseException):
    """The process is gone: nothing catches it."""


Fault = Callable[..., Any]


def _before(fault: type[BaseException]) -> Callable[[Fault], Fault]:
    def wrap(_: Fault) -> Fault:
        def fail(*_args: Any) -> Any:
            raise fault("injected")

        return fail

    return wrap


def _after(fault: type[BaseException]) -> Callable[[Fault], Fault]:
    def wrap(call: Fault) -> Fault:
        def fail(*args: Any) -> Any:
            call(*args)
            raise fault("injected")

        return fail

    return wrap


FAULTS = [
    (part, method, when(fault))
    for part, method in (("database", "insert"), ("outbox", "remove"), ("outbox", "page"))
    for when in (_before, _after)
    for fault in (Crash, StorageUnavailableError)
] + [
    ("database", "count_unmapped", _after(Crash)),
    ("outbox", "unmapped_moved", _before(Crash)),
]
STEPS = st.one_of(
    st.tuples(st.just("report"), st.integers(0, 5)),
    st.tuples(st.just("code"), st.integers(0, 1)),
    st.tuples(st.just("move"), st.none()),
    st.tuples(st.just("fail"), st.integers(0, len(FAULTS) - 1)),
)


@settings(max_examples=40, deadline=None)
@for_all(st.lists(STEPS, max_size=14))
def test_it_loses_and_doubles_nothing_in_any_order_of_events(steps: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place, reported, codes = Place(Path(folder)), set(), [0, 0]
        for step, number in steps:
            match step:
                case "report":
                    place.report(f"card-{number}")
                    reported.add(f"card-{number}")
                case "code":
                    place.outbox.count_unmapped("ward", "urn:local", str(number))
                    codes[number] += 1
                case "move":
                    place.mover.move()
                case "fail":
                    _move_with(place, *FAULTS[number])
        place.mover.move()
        assert place.cards() == sorted(reported)
        assert place.outbox.all(WAITING_FEEDBACK) == []
        assert {row.code: row.times for row in place.database.unmapped()} == {
            str(code): times for code, times in enumerate(codes) if times
        }


def _move_with(place: Place, part: str, method: str, fault: Callable[[Fault], Fault]) -> None:
    owner = getattr(place, part)
    setattr(owner, method, fault(getattr(owner, method)))
    try:
        place.mover.move()
    except (Crash, StorageUnavailableError):
        pass
    finally:
        delattr(owner, method)
    place.mover = place.start()


class _Refusing(Database):
    """A database that does not take one card."""

    def insert(self, table: Any, rows: Any) -> None:
        if any(row.get("card") == "poison" for row in rows):
            raise StorageRefusedError("DataError")
        super().insert(table, rows)


def test_it_sets_aside_what_the_database_refuses(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    place.database = _Refusing(place.database._engine)
    mover = place.start()
    place.report("a", "poison", "b")
    mover.move()
    assert place.cards() == ["a", "b"]
    assert [row["card"] for row in place.outbox.all(WAITING_FEEDBACK)] == ["poison"]
    assert "stays in the outbox" in caplog.text
    assert mover.move() == 0


@pytest.mark.reliability(50)
def test_it_moves_what_a_text_column_could_choke_on(place: Place) -> None:
    place.report("a\x00b", "x" * 5000)
    place.mover.move()
    assert place.cards() == ["a\ufffdb", "x" * 255]


def test_it_waits_longer_while_the_database_is_away_and_says_so_once(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    (place.folder / "records.sqlite").mkdir()
    place.report("a")
    pauses = [place.mover.step() for _ in range(7)]
    assert pauses[:2] == [2 * PAUSE_SECONDS, 4 * PAUSE_SECONDS]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS
    assert caplog.text.count("the database cannot be written") == 1
    assert "SQLITE_CANTOPEN since 2026-11-01" in place.outbox.noted("database")
    assert place.mover.is_behind


def test_it_goes_on_when_the_database_is_back(place: Place) -> None:
    (place.folder / "records.sqlite").mkdir()
    place.report("a")
    place.mover.step()
    (place.folder / "records.sqlite").rmdir()
    assert place.mover.step() == PAUSE_SECONDS
    assert (place.cards(), place.outbox.noted("database"), place.mover.is_behind) == (["a"], "", False)


@pytest.fixture
def locked(place: Place) -> Iterator[None]:
    place.mover.move()
    place.database.ping()
    with closing(sqlite3.connect(place.folder / "records.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.usefixtures("locked")
def test_it_keeps_what_a_locked_database_does_not_take(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.report("a")
    place.mover.step()
    assert place.outbox.waiting() == 1
    assert "SQLITE_BUSY" in place.outbox.noted("database")


def test_it_leaves_moving_to_the_process_that_does_it(place: Place) -> None:

    place.report("a")
    with (place.folder / "mover.lock").open("ab") as file:
        flock(file, LOCK_EX)
        place.mover.step()
        assert place.outbox.waiting() == 1
        flock(file, LOCK_UN)
    place.mover.step()
    assert place.outbox.waiting() == 0


def test_it_deletes_what_was_kept_long_enough(tmp_path: Path) -> None:
    place = Place(tmp_path, keep=timedelta(days=30))
    place.report("old")
    place.mover.step()
    place.now = NOW + timedelta(days=31)
    place.report("new")
    place.start(timedelta(days=30)).step()
    assert place.cards() == ["new"]


def test_it_keeps_for_ever_when_told_so(place: Place) -> None:
    place.report("old")
    place.mover.step()
    place.now = NOW + timedelta(days=100_000)
    place.mover.step()
    assert place.cards() == ["old"]


def test_it_writes_moments_whose_text_order_is_their_order() -> None:
    assert moment(NOW) < moment(NOW + timedelta(microseconds=1)) < moment(NOW + timedelta(seconds=1))
