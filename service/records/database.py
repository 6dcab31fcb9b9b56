"""Where records rest: SQLite in the data folder, or PostgreSQL. Takes a row once, however often it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from service.records.migrations.run import is_current, upgrade
from service.records.outbox import UnmappedCode
from service.records.storage import StorageUnavailableError, reading, writing
from service.records.tables import DECISIONS, FEEDBACK, UNMAPPED

Row = dict[str, Any]


class NotUpgradedError(StorageUnavailableError):
    """The database is there, and its tables are missing or older than this version writes."""


class Database:
    """Methods raise StorageUnavailableError. Holds no connection between uses."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._upgrades_itself = engine.dialect.name == "sqlite"
        self._is_current = False

    def upgrade(self) -> None:
        """Makes or changes the tables; does nothing where they are as they should be."""
        with writing(self._engine) as connection:
            upgrade(connection)

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Rows that are there already are left as they are. On return they are committed."""
        columns = {column.name for column in table.columns}
        wanted = [{name: value for name, value in row.items() if name in columns} for row in rows]
        with self._writing() as connection:
            connection.execute(self._insert(table).on_conflict_do_nothing(index_elements=["digest"]), wanted)

    def count_unmapped(self, outbox: str, codes: Sequence[UnmappedCode]) -> None:
        """The whole counts of one outbox take the place of those it told before."""
        rows = [
            {"outbox": outbox, "client": c.client, "system": c.system, "code": c.code, "times": c.times} for c in codes
        ]
        new = self._insert(UNMAPPED)
        keys = ["outbox", "client", "system", "code"]
        with self._writing() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=keys, set_={"times": new.excluded.times}), rows)

    def unmapped(self, but: str = "") -> list[UnmappedCode]:
        """Counts of all outboxes except the one named `but`, added up."""
        table = UNMAPPED.c
        query = (
            select(table.client, table.system, table.code, func.sum(table.times).label("times"))
            .where(table.outbox != but)
            .group_by(table.client, table.system, table.code)
        )
        with self._reading() as connection:
            return [UnmappedCode(**row) for row in connection.execute(query).mappings()]

    def feedback(self, since: str = "") -> list[Row]:
        """Received at `since` or later (as tables.moment writes it), in order of arrival."""
        query = select(FEEDBACK).where(FEEDBACK.c.received_at >= since).order_by(FEEDBACK.c.received_at)
        return self._rows(query)

    def rows(self, table: Table, **equal: str) -> list[Row]:
        """Rows of `table` whose columns have these values."""
        query = select(table)
        for name, value in equal.items():
            query = query.where(table.c[name] == value)
        return self._rows(query)

    def known_decisions(self) -> list[Row]:
        """Of every decision what tells whether feedback is on a known card, without its facts."""
        names = ("digest", "card", "client", "therapy", "status", "indicator", "threshold_set", "created_at")
        return self._rows(select(*(DECISIONS.c[name] for name in names)))

    def prune(self, before: str) -> int:
        """Deletes decisions and feedback that came before this moment; returns how many."""
        with self._writing() as connection:
            gone = [
                connection.execute(delete(DECISIONS).where(DECISIONS.c.created_at < before)),
                connection.execute(delete(FEEDBACK).where(FEEDBACK.c.received_at < before)),
            ]
            return sum(result.rowcount for result in gone)

    def ping(self) -> None:
        """Whether it is there and can be written to by this version."""
        with self._writing():
            return

    def _rows(self, query: Any) -> list[Row]:
        with self._reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _insert(self, table: Table) -> Any:
        return (sqlite if self._upgrades_itself else postgresql).insert(table)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._check()
        with writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._check()
        with reading(self._engine) as connection:
            yield connection

    def _check(self) -> None:
        """A SQLite file is brought to the newest shape by whoever uses it; a shared database only when told."""
        if self._is_current:
            return
        with reading(self._engine) as connection:
            self._is_current = is_current(connection)
        if not self._is_current and self._upgrades_itself:
            self.upgrade()
            self._is_current = True
        if not self._is_current:
            raise NotUpgradedError("run `liver-cds database upgrade`")
