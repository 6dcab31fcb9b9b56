"""Where the database is: a file in the data folder, or what an address names. Connects to nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import make_url

from service.records.database import Database
from service.records.storage import open_engine

_POSTGRESQL = "postgresql+psycopg"
_IMPATIENT = {
    "connect_timeout": 3,
    "options": "-c statement_timeout=10000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=20000",
    "tcp_user_timeout": 10000,
    "application_name": "liver-cds",
}
"""a database that hangs must be told from one that works, and within seconds"""


def open_database(url: str, data_dir: Path) -> Database:
    """The database at `url`, or `records.sqlite` in the data folder when it is empty. Connects at the first use."""
    if not url:
        return Database(open_engine(data_dir / "records.sqlite"))
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(open_engine(Path(parsed.database or "")))
    engine = create_engine(
        parsed.set(drivername=_POSTGRESQL), poolclass=NullPool, connect_args=_IMPATIENT, hide_parameters=True
    )
    return Database(engine)
