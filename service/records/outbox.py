"""What came in and what was decided, kept on this machine's disk until the database has it. Knows no name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from cds_hooks.models import FeedbackItem
from service.records.report_row import report_row
from service.records.storage import open_engine, reading, writing
from service.records.tables import OUTBOX, PAIRS, STATE, UNMAPPED_SEEN, WAITING_FEEDBACK, searchable

PAGE = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnmappedCode:
    client: str
    system: str
    code: str
    times: int


class Outbox:
    """One file that all processes of a machine write, made at its first use: a disk that is full or read-only at the
    start costs no card. Methods raise StorageUnavailableError or its StorageFullError."""

    def __init__(self, path: Path, *, max_pages: int | None = None) -> None:
        self._engine = open_engine(path, max_pages=max_pages)
        self._has_tables = False

    def append_feedback(
        self, service_id: str, client: str | None, items: Sequence[FeedbackItem], received_at: datetime
    ) -> int:
        """Returns, when all items are durable on the disk, how many were new here; a repeated item counts once.

        All or none is written. Items on cards nobody remembers are kept too: they may be late, or another node's.
        """
        if not items:
            return 0
        rows = [report_row(service_id, client or "", item, received_at) for item in items]
        with self._writing() as connection:
            kept = _new_only(WAITING_FEEDBACK).returning(WAITING_FEEDBACK.c.number)
            return len(connection.execute(kept, rows).all())

    def append(self, table: Table, rows: Sequence[Row]) -> None:
        """Rows of one of the waiting tables; those whose digest waits already are left as they are."""
        if rows:
            with self._writing() as connection:
                connection.execute(_new_only(table), rows)

    def page(self, table: Table, after: int = 0) -> list[Row]:
        """The next rows that wait, in the order of arrival, those that the database refused left out."""
        query = (
            select(table).where(table.c.number > after, table.c.refused == 0).order_by(table.c.number).limit(PAGE)
        )  # fmt: skip
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def all(self, table: Table) -> list[Row]:
        """Every row that waits, the refused ones too."""
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(select(table).order_by(table.c.number)).mappings()]

    def remove(self, table: Table, numbers: Sequence[int]) -> None:
        """Rows that the database has."""
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.number.in_(numbers)))

    def set_aside(self, table: Table, number: int) -> None:
        """A row that the database refuses stays here and is exported from here, but holds up nothing."""
        with self._writing() as connection:
            connection.execute(update(table).where(table.c.number == number).values(refused=1))

    def waiting(self) -> int:
        """How many rows wait, the refused ones left out."""
        with self._reading() as connection:
            counts = [select(func.count()).where(waits.c.refused == 0).select_from(waits) for waits, _ in PAIRS]
            return sum(connection.execute(count).scalar_one() for count in counts)

    def count_unmapped(self, client: str | None, system: str, code: str) -> None:
        """An order came whose code means nothing here. Only the code is kept, nothing of the order."""
        row = {"client": client or "", "system": searchable(system), "code": searchable(code), "times": 1}
        more = insert(UNMAPPED_SEEN).values(row)
        more = more.on_conflict_do_update(
            index_elements=["client", "system", "code"], set_={"times": UNMAPPED_SEEN.c.times + 1}
        )
        with self._writing() as connection:
            connection.execute(more)

    def unmapped(self, *, changed_only: bool = False) -> list[UnmappedCode]:
        """The codes seen and not mapped, the most frequent first; or those whose count the database does not have."""
        seen = UNMAPPED_SEEN.c
        query = select(seen.client, seen.system, seen.code, seen.times)
        if changed_only:
            query = query.where(seen.times > seen.moved)
        with self._reading() as connection:
            ordered = query.order_by(seen.times.desc(), seen.client, seen.system, seen.code)
            return [UnmappedCode(**row) for row in connection.execute(ordered).mappings()]

    def unmapped_moved(self, codes: Sequence[UnmappedCode]) -> None:
        """The database has these counts."""
        seen = UNMAPPED_SEEN.c
        with self._writing() as connection:
            for each in codes:
                same = (seen.client == each.client) & (seen.system == each.system) & (seen.code == each.code)
                connection.execute(update(UNMAPPED_SEEN).where(same).values(moved=each.times))

    def name(self) -> str:
        """Tells this outbox from those of other machines; given once."""
        with self._writing() as connection:
            connection.execute(_new_only(STATE, "name"), {"name": "outbox", "value": token_hex(16)})
            name: str = connection.execute(select(STATE.c.value).where(STATE.c.name == "outbox")).scalar_one()
            return name

    def note(self, name: str, value: str) -> None:
        """Leaves a remark that the other processes of this machine read."""
        with self._writing() as connection:
            connection.execute(
                insert(STATE)
                .values(name=name, value=value)
                .on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )

    def noted(self, name: str) -> str:
        """The last remark under this name, or nothing."""
        with self._reading() as connection:
            return connection.execute(select(STATE.c.value).where(STATE.c.name == name)).scalar() or ""

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._make_tables()
        with writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._make_tables()
        with reading(self._engine) as connection:
            yield connection

    def _make_tables(self) -> None:
        if not self._has_tables:
            with writing(self._engine) as connection:
                OUTBOX.create_all(connection)
            self._has_tables = True


def _new_only(table: Table, key: str = "digest") -> Any:
    return insert(table).on_conflict_do_nothing(index_elements=[key])
