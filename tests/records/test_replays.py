"""A token is used once on a machine, and a file that fails keeps nobody out."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.records.replays import MemoryReplays, Replays
from service.records.storage import writing

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(params=["memory", "file"])
def replays(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryReplays | Replays:
    return MemoryReplays(Clock()) if request.param == "memory" else Replays(tmp_path / "tokens.db", Clock())


def test_it_knows_a_token_again(replays: MemoryReplays | Replays) -> None:
    assert replays.first_use("a", "t", LATER)
    assert not replays.first_use("a", "t", LATER)
    assert replays.first_use("b", "t", LATER)
    assert replays.first_use("a", "t2", LATER)


def test_it_lets_one_of_many_threads_use_a_token(replays: MemoryReplays | Replays) -> None:
    answers: list[bool] = []
    threads = [threading.Thread(target=lambda: answers.append(replays.first_use("a", "t", LATER))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 7 + [True]


@pytest.mark.reliability(11)
def test_it_shares_its_memory_with_other_processes(tmp_path: Path) -> None:
    first, second = (Replays(tmp_path / "tokens.db", Clock()) for _ in range(2))
    assert first.first_use("a", "t", LATER)
    assert not second.first_use("a", "t", LATER)


def test_it_forgets_tokens_that_have_expired(tmp_path: Path) -> None:
    clock = Clock()
    replays = Replays(tmp_path / "tokens.db", clock)
    replays.first_use("a", "t", LATER)
    clock.now = LATER + timedelta(seconds=1)
    replays.first_use("a", "t2", LATER + timedelta(minutes=5))
    with writing(replays._engine) as connection:
        assert connection.exec_driver_sql("SELECT token_id FROM used_tokens").scalars().all() == ["t2"]


@pytest.mark.reliability(13)
def test_it_does_not_grow_without_end() -> None:
    clock = Clock()
    memory = MemoryReplays(clock)
    for number in range(5000):
        clock.now = NOW + timedelta(seconds=number)
        memory.first_use("a", str(number), clock.now + timedelta(seconds=60))
    assert len(memory._used) <= 1024


@pytest.mark.parametrize("name", ["missing/tokens.db", "damaged.db"])
def test_it_falls_back_to_memory_when_the_file_fails(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "damaged.db").write_bytes(b"not a database, but long enough to look at" * 40)
    replays = Replays(tmp_path / name, Clock())
    with caplog.at_level(logging.WARNING):
        assert replays.first_use("a", "t", LATER)
    assert "this process alone" in caplog.text
    assert not replays.first_use("a", "t", LATER)


def test_it_uses_the_file_again_when_it_is_back(tmp_path: Path) -> None:
    replays = Replays(tmp_path / "later" / "tokens.db", Clock())
    replays.first_use("a", "t", LATER)
    (tmp_path / "later").mkdir()
    assert replays.first_use("a", "t2", LATER)
    assert not Replays(tmp_path / "later" / "tokens.db", Clock()).first_use("a", "t2", LATER)


def test_it_asks_the_file_for_the_winner_in_memory_alone(tmp_path: Path) -> None:
    replays = Replays(tmp_path / "tokens.db", Clock())
    replays._memory.first_use("a", "t", LATER)  # another thread was first, and has not reached the file yet
    assert not replays.first_use("a", "t", LATER)
    assert Replays(tmp_path / "tokens.db", Clock()).first_use("a", "t", LATER)
