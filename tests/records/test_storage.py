"""A file that several processes open at once is waited for, but not for ever."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from service.records import storage
from service.records.storage import StorageUnavailableError, open_engine, writing


def failing(times: int, code: int) -> type[sqlite3.Connection]:
    """A connection whose first executions fail with this code, as SQLite's do while a file becomes a WAL file."""
    left = [times]

    class Failing(sqlite3.Connection):
        def execute(self, *given: Any) -> sqlite3.Cursor:
            if left[0]:
                left[0] -= 1
                error = sqlite3.OperationalError("made up")
                error.sqlite_errorcode = code
                error.sqlite_errorname = {5: "SQLITE_BUSY", 261: "SQLITE_BUSY_RECOVERY", 10: "SQLITE_IOERR"}[code]
                raise error
            return super().execute(*given)

    return Failing


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY])
def test_it_waits_while_others_open_the_file(tmp_path: Path, code: int) -> None:
    kind = failing(3, code)
    connection = sqlite3.connect(tmp_path / "x.db", factory=kind)
    storage._set(connection, "journal_mode=WAL", 2)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize(("code", "waits"), [(sqlite3.SQLITE_BUSY, 0.0), (sqlite3.SQLITE_IOERR, 60.0)])
def test_it_gives_up_in_time_and_at_once_on_other_errors(tmp_path: Path, code: int, waits: float) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", factory=failing(1000, code))
    with pytest.raises(sqlite3.OperationalError):
        storage._set(connection, "journal_mode=WAL", waits)
    connection.close()


def test_it_tells_failures_by_name_alone(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailableError) as caught, writing(open_engine(tmp_path / "x.db")) as connection:
        connection.exec_driver_sql("SELECT 'SECRET' FROM nowhere")
    assert str(caught.value) == "SQLITE_ERROR"
