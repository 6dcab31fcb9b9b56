"""The database has one shape, reached from nothing and the same as the tables that are written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect

from service.records.database import NotUpgradedError
from service.records.opening import open_database
from service.records.storage import StorageUnavailableError, writing
from service.records.tables import DATABASE


def test_it_makes_exactly_the_tables_that_are_written(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    database.upgrade()
    found = inspect(database._engine)
    assert set(found.get_table_names()) == {*DATABASE.tables, "alembic_version"}
    for name, table in DATABASE.tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: bool(column.nullable) for column in table.columns}
        keys = found.get_pk_constraint(name)["constrained_columns"]
        assert set(keys) == {column.name for column in table.primary_key}


def test_it_upgrades_a_file_by_itself_and_twice_without_harm(tmp_path: Path) -> None:
    assert open_database("", tmp_path).feedback() == []
    open_database("", tmp_path).upgrade()
    open_database(f"sqlite:///{tmp_path / 'records.sqlite'}", tmp_path).ping()


def test_it_writes_to_a_database_that_a_newer_version_changed(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    database.upgrade()
    with writing(database._engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    open_database("", tmp_path).ping()


def test_it_does_not_change_a_shared_database_unasked(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    database._upgrades_itself = False
    with pytest.raises(NotUpgradedError, match="database upgrade"):
        database.ping()


def test_it_quotes_no_password_when_it_cannot_connect(tmp_path: Path) -> None:
    database = open_database("postgresql://someone:SECRET@127.0.0.1:1/records", tmp_path)
    with pytest.raises(StorageUnavailableError) as caught:
        database.ping()
    assert "SECRET" not in repr(caught.value)


def test_it_upgrades_several_databases_at_the_same_time(tmp_path: Path) -> None:
    """Alembic keeps the connection that it works on in one place for the whole process."""
    names = [f"records-{number}.sqlite" for number in range(24)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: open_database(f"sqlite:///{tmp_path / name}", tmp_path).ping(), names))
    for name in names:
        assert open_database(f"sqlite:///{tmp_path / name}", tmp_path).feedback() == []
