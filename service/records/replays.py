"""Remembers which tokens were used on this machine, so that none is used twice. Never keeps a call waiting."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Column, Float, MetaData, String, Table, delete
from sqlalchemy.dialects.sqlite import insert

from service.records.storage import StorageUnavailableError, open_engine, writing

_METADATA = MetaData()
_USED = Table(
    "used_tokens",
    _METADATA,
    Column("issuer", String, primary_key=True),
    Column("token_id", String, primary_key=True),
    Column("until", Float, nullable=False, index=True),
)
_FEW = 1024
_PATIENCE_SECONDS = 0.2
_log = logging.getLogger(__name__)


class MemoryReplays:
    """Within one process. `clock` gives the time now, with its zone."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._used: dict[tuple[str, str], datetime] = {}
        self._tidy_at = _FEW

    def first_use(self, issuer: str, token_id: str, until: datetime) -> bool:
        with self._lock:
            if len(self._used) >= self._tidy_at:
                now = self._clock()
                self._used = {token: end for token, end in self._used.items() if end > now}
                self._tidy_at = max(_FEW, 2 * len(self._used))
            is_first = (issuer, token_id) not in self._used
            self._used[issuer, token_id] = until
            return is_first


class Replays:
    """Within one machine: all its processes share the file. Falls back to memory while the file cannot be written."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._engine = open_engine(path, is_durable=False, patience=_PATIENCE_SECONDS)
        self._memory = MemoryReplays(clock)
        self._has_table = False

    def first_use(self, issuer: str, token_id: str, until: datetime) -> bool:
        """Whether the token was not used before; atomic across threads and processes."""
        # memory decides first: were both asked by all, one thread could win here, another there, and none be let in
        if not self._memory.first_use(issuer, token_id, until):
            return False
        try:
            return self._insert(issuer, token_id, until)
        except StorageUnavailableError as error:
            _log.warning("used tokens are remembered by this process alone: %s", error)
            return True

    def _insert(self, issuer: str, token_id: str, until: datetime) -> bool:
        row = {"issuer": issuer, "token_id": token_id, "until": until.timestamp()}
        with writing(self._engine) as connection:
            if not self._has_table:
                _METADATA.create_all(connection)
            connection.execute(delete(_USED).where(_USED.c.until < self._clock().timestamp()))
            remembered = connection.execute(insert(_USED).values(row).on_conflict_do_nothing().returning(_USED.c.until))
            is_new = remembered.first() is not None
        self._has_table = True
        return is_new
