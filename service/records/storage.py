"""How the records' databases are opened: durable, shared by several processes, failures told in our words."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError

_READING = "reading"
_PG_DISK_FULL = "53100"
_PAUSE_SECONDS = 0.005
PATIENCE_SECONDS = 2.0
"""how long a writer waits for another process's write"""


class StorageUnavailableError(Exception):
    """Nothing was written: read-only, locked for too long, damaged or not there. Tells no content."""


class StorageFullError(StorageUnavailableError):
    """Nothing was written: the disk, or the size allowed, is full."""


class StorageRefusedError(StorageUnavailableError):
    """Nothing was written: the database is there, and does not take this content. Trying again changes nothing."""


def open_engine(
    path: Path, *, max_pages: int | None = None, is_durable: bool = True, patience: float | None = None
) -> Engine:
    """An engine that holds no connection between uses, so processes may fork. `max_pages` of 4 KiB caps the file.

    is_durable  False: a power cut may lose the last writes (a killed process never does)
    patience    seconds that a writer waits for another's write
    """
    waits = PATIENCE_SECONDS if patience is None else patience
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": waits})
    synchronous = "FULL" if is_durable else "NORMAL"

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where begin() below says
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", f"max_page_count={max_pages or 2**31}"):
            _set(connection, pragma, waits)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # a writer that began by reading could not be made to wait for another
        is_reading = connection.get_execution_options().get(_READING, False)
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")

    return engine


def _set(connection: sqlite3.Connection, pragma: str, waits: float) -> None:
    """SQLite itself does not wait when several processes open a new file and each would make it a WAL file."""
    give_up = time.monotonic() + waits
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A consistent view that keeps no writer waiting. Raises StorageUnavailableError."""
    with _in_our_words(), engine.connect().execution_options(**{_READING: True}) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, on the disk when the block is left. Raises StorageUnavailableError or StorageFullError."""
    with _in_our_words(), engine.begin() as connection:
        yield connection


@contextmanager
def _in_our_words() -> Iterator[None]:
    """The driver's messages may quote what was written, so only the name of the error is kept."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _told(error) from None


def _told(error: Exception) -> StorageUnavailableError:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    name = getattr(cause, "sqlite_errorname", type(cause).__name__)
    if name == "SQLITE_FULL" or getattr(cause, "sqlstate", None) == _PG_DISK_FULL:
        return StorageFullError(name)
    return (
        StorageRefusedError(name) if isinstance(error, (DataError, IntegrityError)) else StorageUnavailableError(name)
    )
