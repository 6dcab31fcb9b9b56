"""Which tokens were used before, shared by all workers of a machine. Knows no token, only issuer and token id."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, MetaData, String, Table, delete
from sqlalchemy.dialects.sqlite import insert

from service.records.storage import open_engine, writing

_METADATA = MetaData()
_USED = Table(
    "used_tokens",
    _METADATA,
    Column("issuer", String, primary_key=True),
    Column("token_id", String, primary_key=True),
    Column("until", String, nullable=False, index=True),
)


class Replays:
    """A replay store for cds_hooks.auth. Raises StorageUnavailableError when nothing could be remembered."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        with writing(self._engine) as connection:
            _METADATA.create_all(connection)

    def first_use(self, issuer: str, token_id: str, until: datetime) -> bool:
        """Remember the token until then; False when it is remembered already."""
        row = {"issuer": issuer, "token_id": token_id, "until": until.astimezone(UTC).isoformat()}
        with writing(self._engine) as connection:
            connection.execute(delete(_USED).where(_USED.c.until < datetime.now(UTC).isoformat()))
            return connection.execute(insert(_USED).values(row).on_conflict_do_nothing()).rowcount == 1
