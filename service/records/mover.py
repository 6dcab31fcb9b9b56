"""Moves what waits in the outbox to the database, each row once, and deletes what has been kept long enough.

A row leaves the outbox only after the database has committed it; moved again after a crash, it changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from time import monotonic

from sqlalchemy import Table

from service.records.database import Database
from service.records.outbox import PAGE, Outbox, Row
from service.records.storage import StorageRefusedError, StorageUnavailableError
from service.records.tables import PAIRS, moment

PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
PRUNE_SECONDS = 3600.0
DATABASE_STATE = "database"
"""name of the remark in the outbox: empty, or since when the database is away and why"""
_log = logging.getLogger(__name__)


class Mover:
    """`keep`: how long records rest in the database; None keeps them for ever."""

    def __init__(
        self, outbox: Outbox, database: Database, lock: Path, clock: Callable[[], datetime], keep: timedelta | None
    ) -> None:
        self._outbox, self._database, self._lock, self._clock, self._keep = outbox, database, lock, clock, keep
        self._pause = PAUSE_SECONDS
        self._prune_at = 0.0
        self._state: str | None = None
        self.is_behind = False
        """whether something waits that could not be moved yet"""

    def step(self) -> float:
        """Moves all that waits unless another process of this machine does; returns seconds until the next step."""
        with _alone(self._lock) as is_alone:
            if is_alone:
                self._try()
        return self._pause

    def move(self) -> int:
        """Moves all that waits; returns how many rows. Raises StorageUnavailableError when it cannot go on."""
        moved = sum(self._move_table(waits, rests) for waits, rests in PAIRS)
        codes = self._outbox.unmapped(changed_only=True)
        if codes:
            self._database.count_unmapped(self._outbox.name(), codes)
            self._outbox.unmapped_moved(codes)
        return moved + len(codes)

    def _try(self) -> None:
        try:
            if not self.move():
                self._database.ping()
            self._prune()
        except StorageUnavailableError as error:
            self.is_behind = True
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
            self._tell(type(error).__name__, str(error))
        else:
            self.is_behind = False
            self._pause = PAUSE_SECONDS
            self._tell()

    def _move_table(self, waits: Table, rests: Table) -> int:
        moved, after = 0, 0
        while page := self._outbox.page(waits, after):
            taken = self._insert(waits, rests, page)
            self._outbox.remove(waits, taken)
            moved, after = moved + len(taken), page[-1]["number"]
            if len(page) < PAGE:
                break
        return moved

    def _insert(self, waits: Table, rests: Table, page: list[Row]) -> list[int]:
        """Numbers of the rows that the database took; one that it refuses is set aside and holds up no other."""
        try:
            self._database.insert(rests, page)
        except StorageRefusedError as error:
            if len(page) == 1:
                _log.exception("a row of %s was refused by the database and stays in the outbox: %s", rests.name, error)
                self._outbox.set_aside(waits, page[0]["number"])
                return []
            return [number for row in page for number in self._insert(waits, rests, [row])]
        return [row["number"] for row in page]

    def _prune(self) -> None:
        if self._keep is not None and monotonic() >= self._prune_at:
            gone = self._database.prune(moment(self._clock() - self._keep))
            self._prune_at = monotonic() + PRUNE_SECONDS
            if gone:
                _log.info("%d records deleted, being older than %d days", gone, self._keep.days)

    def _tell(self, kind: str = "", words: str = "") -> None:
        """Leaves the state where /readyz of every process finds it; logs when it changes."""
        if kind == self._state:
            return
        if kind:
            _log.error("records wait, the database cannot be written: %s %s", kind, words)
        elif self._state:
            _log.info("the database can be written again")
        try:
            self._outbox.note(DATABASE_STATE, f"{words} since {moment(self._clock())}" if kind else "")
        except StorageUnavailableError:
            return  # told at the next change; /readyz says itself that the outbox is in trouble
        self._state = kind


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether no other process of this machine moves; the lock ends with the process however it ends."""
    try:
        file = path.open("ab")
    except OSError:
        yield False
        return
    with file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
