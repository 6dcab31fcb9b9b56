"""The records as the application uses them: take feedback, take note of what was given, say how they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from service.records.background import Background
from service.records.given import Given
from service.records.key_file import own_key, read_key
from service.records.mover import DATABASE_STATE, Mover
from service.records.opening import open_database
from service.records.outbox import Outbox
from service.records.storage import StorageUnavailableError
from service.records.writer import UnmappedSeen, Writer

OUTBOX_FILE = "outbox.sqlite"
KEY_FILE = "patient.key"
_PROBE_BYTES = 32768
"""as long as a report, as a disk may have room for a word only; random, as SQLite writes no page that stays the same"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where records go. `key_file`: None makes a key of its own in the data folder; `keep`: None keeps for ever."""

    data_dir: Path
    database_url: str = ""
    key_file: Path | None = None
    keep: timedelta | None = None


class Records:
    """Nothing is opened or started before it is used. `lost` is told how many records could not be kept."""

    def __init__(self, place: Place, clock: Callable[[], datetime], lost: Callable[[int], None]) -> None:
        self._place = place
        self._is_closed = False
        self.outbox = Outbox(place.data_dir / OUTBOX_FILE)
        self.writer = Writer(self.outbox, self.key, lost)
        database = open_database(place.database_url, place.data_dir)
        self.mover = Mover(self.outbox, database, place.data_dir / "mover.lock", clock, place.keep)
        self._writing = Background(
            "records writer", self.writer.step, lambda: self.writer.has_work, finish=self.writer.drain
        )
        self._moving = Background("records mover", self.mover.step, lambda: self.mover.is_behind)

    def given(self, given: Given) -> None:
        """Takes note of a card. Returns at once and never fails."""
        self._offer(given)

    def unmapped(self, client: str, system: str, code: str) -> None:
        """Takes note of a code that means nothing here. Returns at once and never fails."""
        self._offer(UnmappedSeen(client, system, code))

    def wake(self) -> None:
        """Sees to it that what waits is moved; called with every request, and takes no time."""
        self._moving.call()

    def troubles(self) -> dict[str, str]:
        """What is wrong now, by part: "outbox" (feedback has no place to go) and "database". Empty when all is well."""
        try:
            self.outbox.note("probe", token_hex(_PROBE_BYTES))
            away = self.outbox.noted(DATABASE_STATE)
        except StorageUnavailableError as error:
            return {"outbox": str(error)}
        return {"database": away} if away else {}

    def close(self) -> None:
        """Writes down what waits in memory and stops. What is given afterwards is not kept."""
        self._is_closed = True
        self._moving.stop()
        self._writing.stop()

    def key(self) -> bytes:
        """The secret of the patients' hashes. Raises StorageUnavailableError."""
        file = self._place.key_file
        if file is None:
            return own_key(self._place.data_dir / KEY_FILE)
        try:
            return read_key(file)
        except (OSError, ValueError) as error:
            raise StorageUnavailableError(f"patient key: {type(error).__name__}") from None

    def _offer(self, entry: Given | UnmappedSeen) -> None:
        if not self._is_closed:
            self.writer.offer(entry)
            self._writing.call()
