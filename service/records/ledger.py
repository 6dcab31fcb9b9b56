"""All records, wherever they are just now: those that wait in the outbox and those that rest in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Table

from cds_hooks import json
from cds_hooks.models import FeedbackItem
from service.records.database import Database, Row
from service.records.opening import open_database
from service.records.outbox import Outbox, UnmappedCode
from service.records.records import OUTBOX_FILE, Place
from service.records.tables import (
    DECISIONS,
    FEEDBACK,
    SETS,
    WAITING_DECISIONS,
    WAITING_FEEDBACK,
    WAITING_SETS,
    searchable,
)


@dataclass(frozen=True, slots=True)
class Reported:
    """One report on a card. `decisions` are those that were given with this card to this client; empty: unknown card,
    which may be another node's, older than the retention, or none of ours."""

    client: str
    service_id: str
    received_at: str
    item: FeedbackItem
    decisions: tuple[Row, ...]


class Ledger:
    """Reads only. Methods raise StorageUnavailableError when the database is away: half a list would mislead."""

    def __init__(self, place: Place) -> None:
        path = place.data_dir / OUTBOX_FILE
        self._outbox = Outbox(path) if path.is_file() else None
        self._database = _existing(place)

    def decisions(self, card: str) -> list[Row]:
        """The decisions given with this card, in order of time."""
        rows = self._both(WAITING_DECISIONS, DECISIONS, card=searchable(card))
        return sorted(rows, key=lambda row: row["created_at"])

    def thresholds(self, set_id: str) -> dict[str, Any] | None:
        """Threshold id -> {"number": text} or a choice; None if this set was never recorded."""
        found = self._both(WAITING_SETS, SETS, digest=set_id)
        return msgspec.json.decode(found[0]["content"]) if found else None

    def feedback(self, since: str = "", card: str = "") -> Iterator[Reported]:
        """Reports received since (as tables.moment writes it), in order of arrival."""
        only = {"card": searchable(card)} if card else {}
        rows = [row for row in self._both(WAITING_FEEDBACK, FEEDBACK, **only) if row["received_at"] >= since]
        given = _by_card(self.decisions(card) if card else self._given())
        for row in sorted(rows, key=lambda each: each["received_at"]):
            item = json.decode(row["item"].encode(), FeedbackItem)
            known = tuple(given.get((row["client"], row["card"]), ()))
            yield Reported(row["client"], row["service_id"], row["received_at"], item, known)

    def unmapped(self) -> list[UnmappedCode]:
        """Codes seen and not mapped on any machine, the most frequent first."""
        times: Counter[tuple[str, str, str]] = Counter()
        own = self._outbox.name() if self._outbox else ""
        for each in [
            *(self._outbox.unmapped() if self._outbox else ()),
            *(self._database.unmapped(but=own) if self._database else ()),
        ]:
            times[each.client, each.system, each.code] += each.times
        found = [UnmappedCode(*code, times=number) for code, number in times.items()]
        return sorted(found, key=lambda each: (-each.times, each.client, each.system, each.code))

    def _given(self) -> list[Row]:
        waiting = self._outbox.all(WAITING_DECISIONS) if self._outbox else []
        resting = self._database.known_decisions() if self._database else []
        return _once([waiting, resting])

    def _both(self, waits: Table, rests: Table, **equal: str) -> list[Row]:
        # the outbox first: a row that moves meanwhile is then seen twice, and not never
        waiting = self._outbox.all(waits) if self._outbox else []
        matching = [row for row in waiting if all(row[name] == value for name, value in equal.items())]
        return _once([matching, self._database.rows(rests, **equal) if self._database else []])


def _existing(place: Place) -> Database | None:
    """None where nothing was ever stored, so that looking makes no file."""
    if not place.database_url and not (place.data_dir / "records.sqlite").is_file():
        return None
    return open_database(place.database_url, place.data_dir)


def _once(lists: Iterable[Sequence[Row]]) -> list[Row]:
    return list({row["digest"]: row for rows in lists for row in rows}.values())


def _by_card(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((row["client"], row["card"]), []).append(row)
    return found
