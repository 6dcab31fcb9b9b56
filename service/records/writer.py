"""Writes down what was decided, behind the back of the calls: a bounded queue, one writer, several rows a commit.

Nothing here may keep a call waiting or make it fail. What cannot be kept is counted.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, Full, Queue
from time import sleep

from cds_hooks.dispatch import Caught
from service.records.given import Given, Row, decision_rows, set_row
from service.records.outbox import Outbox
from service.records.storage import StorageUnavailableError
from service.records.tables import WAITING_DECISIONS, WAITING_SETS

LONGEST_QUEUE = 1000
_GROUP = 100
_WAIT_SECONDS = 0.5
_GATHER_SECONDS = 0.1
"""what comes within it goes to the disk in one commit"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UnmappedSeen:
    client: str
    system: str
    code: str


Entry = Given | UnmappedSeen


class Writer:
    """`key` gives the key of the hashes (StorageUnavailableError while there is none); `lost` is told how many were."""

    def __init__(self, outbox: Outbox, key: Callable[[], bytes], lost: Callable[[int], None]) -> None:
        self._outbox = outbox
        self._key = key
        self._lost = lost
        self._queue: Queue[Entry] = Queue(LONGEST_QUEUE)
        self._dropped: Counter[str] = Counter()
        self._sets: set[str] = set()

    def offer(self, entry: Entry) -> None:
        """Returns at once, whatever happens."""
        try:
            self._queue.put_nowait(entry)
        except Full:
            self._drop("queue full")

    @property
    def has_work(self) -> bool:
        return not self._queue.empty()

    def step(self, wait: float = _WAIT_SECONDS) -> float:
        """Writes one group, having waited for its first entry if there was none; returns 0: come again."""
        group = list(self._group(wait))
        if group:
            self._write(group)
        if self._dropped:
            told, self._dropped = self._dropped, Counter()
            _log.error("records lost: %s", ", ".join(f"{number} ({why})" for why, number in told.items()))
        return 0

    def drain(self) -> None:
        """Writes all that waits."""
        while self.has_work:
            self.step(wait=0)

    def _group(self, wait: float) -> Iterator[Entry]:
        try:
            yield self._queue.get(timeout=wait) if wait else self._queue.get_nowait()
            sleep(_GATHER_SECONDS if wait else 0)
            for _ in range(_GROUP - 1):
                yield self._queue.get_nowait()
        except Empty:
            return

    def _write(self, group: list[Entry]) -> None:
        given = [entry for entry in group if isinstance(entry, Given)]
        try:
            self._write_sets(given)
            self._outbox.append(WAITING_DECISIONS, self._rows(given))
        except StorageUnavailableError as error:
            self._drop(type(error).__name__, len(given))
        for seen in (entry for entry in group if isinstance(entry, UnmappedSeen)):
            try:
                self._outbox.count_unmapped(seen.client, seen.system, seen.code)
            except StorageUnavailableError as error:
                self._drop(type(error).__name__)

    def _write_sets(self, group: list[Given]) -> None:
        new = {given.thresholds.id: given.thresholds for given in group if given.thresholds.id not in self._sets}
        self._outbox.append(WAITING_SETS, [set_row(thresholds) for thresholds in new.values()])
        self._sets |= set(new)

    def _rows(self, group: list[Given]) -> list[Row]:
        rows: list[Row] = []
        key = self._key() if group else b""
        for given in group:
            # one card that cannot be written down must not take the others with it
            with Caught("writing down a decision") as caught:
                rows += decision_rows(given, key)
            if caught.error:
                self._drop(type(caught.error).__name__)
        return rows

    def _drop(self, why: str, number: int = 1) -> None:
        if number:
            self._dropped[why] += number
            self._lost(number)
