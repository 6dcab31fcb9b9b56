"""Brings a database to the newest shape, and tells whether it has one that this version can write."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_ONE_AT_A_TIME = 0x11FE7CD5
"""number of the lock that keeps two upgrades of one PostgreSQL database apart"""

_IN_THIS_PROCESS = Lock()
"""Alembic keeps the connection that it works on in one place: two threads would write through one another's"""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection) -> None:
    """Applies what is missing, all or nothing, in the caller's transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
    config = _config()
    config.attributes["connection"] = connection
    with _IN_THIS_PROCESS:
        command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Also true for a newer database: changes only add, so that an older version may run beside a newer one."""
    script = ScriptDirectory.from_config(_config())
    known = {each.revision for each in script.walk_revisions()}
    found = MigrationContext.configure(connection).get_current_revision()
    return found is not None and (found == script.get_current_head() or found not in known)
