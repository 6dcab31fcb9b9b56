"""Feedback and order codes as they arrive, kept durably on this machine until they are moved on. Knows no patient."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, RowMapping, String, Table, select
from sqlalchemy.dialects.sqlite import insert

from cds_hooks import json
from cds_hooks.models import FeedbackItem
from service.records.storage import open_engine, reading, writing

_METADATA = MetaData()
_FEEDBACK = Table(
    "feedback",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("digest", String, unique=True, nullable=False),
    Column("service_id", String, nullable=False),
    Column("client", String, nullable=False),
    Column("received_at", String, nullable=False),
    Column("item", String, nullable=False),
    sqlite_autoincrement=True,
)
_UNMAPPED = Table(
    "unmapped_order_codes",
    _METADATA,
    Column("client", String, primary_key=True),
    Column("system", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("times", Integer, nullable=False),
)
_LONGEST_CODE = 255
_PAGE = 500


@dataclass(frozen=True, slots=True)
class StoredFeedback:
    """`id` grows with arrival; `digest` is the same for the same report, so moving it on twice does no harm."""

    id: int
    digest: str
    service_id: str
    client: str
    received_at: datetime
    item: FeedbackItem


@dataclass(frozen=True, slots=True)
class UnmappedCode:
    client: str
    system: str
    code: str
    times: int


class Outbox:
    """One file that all processes of a machine write. Methods raise StorageUnavailableError or its StorageFullError."""

    def __init__(self, path: Path, *, max_pages: int | None = None) -> None:
        self._engine = open_engine(path, max_pages=max_pages)
        with writing(self._engine) as connection:
            _METADATA.create_all(connection)

    def append_feedback(
        self, service_id: str, client: str | None, items: Sequence[FeedbackItem], received_at: datetime
    ) -> int:
        """Returns, when all items are durable on the disk, how many were new; a repeated item counts once.

        All or none is written. Items on cards nobody remembers are kept too: they may be late, or another node's.
        """
        if not items:
            return 0
        rows = [_row(service_id, client or "", item, received_at) for item in items]
        with writing(self._engine) as connection:
            kept = insert(_FEEDBACK).on_conflict_do_nothing(index_elements=["digest"]).returning(_FEEDBACK.c.id)
            return len(connection.execute(kept, rows).all())

    def read(self, after: int = 0) -> Iterator[StoredFeedback]:
        """Feedback in order of arrival, from the one after this id; a page at a time, so that nobody waits."""
        while page := self._page(after):
            yield from page
            after = page[-1].id

    def count_unmapped(self, client: str | None, system: str, code: str) -> None:
        """An order came whose code means nothing here. Only the code is kept, nothing of the order."""
        row = {"client": client or "", "system": system[:_LONGEST_CODE], "code": code[:_LONGEST_CODE], "times": 1}
        with writing(self._engine) as connection:
            connection.execute(
                insert(_UNMAPPED)
                .values(row)
                .on_conflict_do_update(
                    index_elements=["client", "system", "code"], set_={"times": _UNMAPPED.c.times + 1}
                )
            )

    def unmapped(self) -> list[UnmappedCode]:
        """The codes seen and not mapped, the most frequent first."""
        query = select(_UNMAPPED).order_by(
            _UNMAPPED.c.times.desc(), _UNMAPPED.c.client, _UNMAPPED.c.system, _UNMAPPED.c.code
        )
        with reading(self._engine) as connection:
            return [UnmappedCode(**row) for row in connection.execute(query).mappings()]

    def _page(self, after: int) -> list[StoredFeedback]:
        query = select(_FEEDBACK).where(_FEEDBACK.c.id > after).order_by(_FEEDBACK.c.id).limit(_PAGE)
        with reading(self._engine) as connection:
            return [_stored(row) for row in connection.execute(query).mappings()]


def _row(service_id: str, client: str, item: FeedbackItem, received_at: datetime) -> dict[str, str]:
    return {
        "digest": _digest(client, item),
        "service_id": service_id,
        "client": client,
        "received_at": received_at.astimezone(UTC).isoformat(),
        "item": json.encode(item).decode(),
    }


def _digest(client: str, item: FeedbackItem) -> str:
    """Same for what the protocol calls a repetition: the same card, outcome, moment and suggestions of one client."""
    identity = [client, item.card, item.outcome, item.at.isoformat(), sorted(item.suggestions)]
    return hashlib.sha256(json.encode(identity)).hexdigest()


def _stored(row: RowMapping) -> StoredFeedback:
    return StoredFeedback(
        id=row["id"],
        digest=row["digest"],
        service_id=row["service_id"],
        client=row["client"],
        received_at=datetime.fromisoformat(row["received_at"]),
        item=json.decode(row["item"].encode(), FeedbackItem),
    )
