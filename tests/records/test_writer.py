"""The writer keeps no call waiting, loses nothing it has room for, and counts what it cannot keep."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest

from service.records.outbox import Outbox
from service.records.storage import StorageUnavailableError
from service.records.tables import WAITING_DECISIONS, WAITING_SETS
from service.records.writer import LONGEST_QUEUE, UnmappedSeen, Writer
from tests.records.making import KEY, given

SEEN = UnmappedSeen("ward", "urn:local", "X1")


class Lost:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, number: int) -> None:
        self.number += number


@pytest.fixture
def lost() -> Lost:
    return Lost()


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox.sqlite")


@pytest.fixture
def writer(outbox: Outbox, lost: Lost) -> Writer:
    return Writer(outbox, lambda: KEY, lost)


def test_it_writes_decisions_with_their_set_and_codes(writer: Writer, outbox: Outbox, lost: Lost) -> None:
    for entry in (given("a"), given("b"), SEEN, SEEN):
        writer.offer(entry)
    writer.drain()
    assert [row["card"] for row in outbox.page(WAITING_DECISIONS)] == ["a", "b"]
    assert len(outbox.page(WAITING_SETS)) == 1
    assert [row.times for row in outbox.unmapped()] == [2]
    assert lost.number == 0


def test_it_keeps_a_repeated_card_once(writer: Writer, outbox: Outbox) -> None:
    writer.offer(given("a"))
    writer.offer(given("a"))
    writer.drain()
    assert len(outbox.page(WAITING_DECISIONS)) == 1


def test_it_drops_and_counts_what_the_queue_does_not_hold(
    writer: Writer, outbox: Outbox, lost: Lost, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(LONGEST_QUEUE + 7):
        writer.offer(SEEN)
    assert lost.number == 7
    writer.drain()
    assert [row.times for row in outbox.unmapped()] == [LONGEST_QUEUE]
    assert "7 (queue full)" in caplog.text


def test_it_returns_at_once_while_nothing_can_be_written(writer: Writer, tmp_path: Path) -> None:
    started = perf_counter()
    for _ in range(2 * LONGEST_QUEUE):
        writer.offer(SEEN)
    assert perf_counter() - started < 0.5


def test_it_counts_what_the_disk_does_not_take(tmp_path: Path, lost: Lost) -> None:
    writer = Writer(Outbox(tmp_path / "missing" / "outbox.sqlite"), lambda: KEY, lost)
    writer.offer(given())
    writer.offer(SEEN)
    writer.drain()
    assert lost.number == 2


def test_it_counts_what_it_has_no_key_for(outbox: Outbox, lost: Lost) -> None:
    def none() -> bytes:
        raise StorageUnavailableError("patient key")

    writer = Writer(outbox, none, lost)
    writer.offer(given())
    writer.drain()
    assert (lost.number, outbox.page(WAITING_DECISIONS)) == (1, [])


def test_it_lets_no_card_take_others_with_it(writer: Writer, outbox: Outbox, lost: Lost) -> None:
    broken = replace(given(), decisions=(replace(given().decisions[0], therapy="no such therapy"),))
    for entry in (given("a"), broken, given("b")):
        writer.offer(entry)
    writer.drain()
    assert [row["card"] for row in outbox.page(WAITING_DECISIONS)] == ["a", "b"]
    assert lost.number == 1


def test_it_writes_again_after_a_lock_is_gone(writer: Writer, outbox: Outbox, tmp_path: Path, lost: Lost) -> None:
    outbox.waiting()
    other = sqlite3.connect(tmp_path / "outbox.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writer.offer(SEEN)
    writer.drain()
    other.execute("ROLLBACK")
    other.close()
    writer.offer(given())
    writer.drain()
    assert (len(outbox.page(WAITING_DECISIONS)), lost.number) == (1, 1)
