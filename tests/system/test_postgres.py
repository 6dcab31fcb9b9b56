"""With PostgreSQL: records rest there, and whatever it does costs no card and no feedback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from service.records.database import Database, NotUpgradedError
from service.records.ledger import Ledger
from service.records.opening import open_database
from service.records.outbox import Outbox, UnmappedCode
from service.records.records import Place, Records
from service.records.storage import StorageRefusedError
from service.records.tables import FEEDBACK, WAITING_FEEDBACK
from tests.records.making import NOW, feedback, given
from tests.system.postgres import Postgres, running_postgres
from tests.system.serving import COMMAND, Ehr, serving, wait_for

pytestmark = pytest.mark.system
STOPPED_SECONDS = int(os.environ.get("SOAK_SECONDS", "10"))


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


@pytest.fixture
def postgres(server: Postgres) -> Postgres:
    """With an empty database."""
    server.run("DROP DATABASE IF EXISTS records WITH (FORCE)", database="postgres")
    server.run("CREATE DATABASE records", database="postgres")
    return server


@pytest.fixture
def database(postgres: Postgres, tmp_path: Path) -> Database:
    made = open_database(postgres.url, tmp_path)
    made.upgrade()
    return made


@pytest.fixture
def records(database: Database, postgres: Postgres, tmp_path: Path) -> Records:
    made = Records(Place(tmp_path, postgres.url), lambda: NOW, lambda _: None)
    made.outbox.append_feedback("liver", "demo", [feedback("a"), feedback("a\x00b"), feedback("x" * 9000)], NOW)
    made.writer.offer(given("a"))
    made.writer.drain()
    return made


def test_it_is_made_by_the_command_and_not_by_the_service(postgres: Postgres, tmp_path: Path) -> None:
    with pytest.raises(NotUpgradedError):
        open_database(postgres.url, tmp_path).ping()
    environment = os.environ | {"LIVER_CDS_DATABASE_URL": postgres.url}
    for _ in range(2):
        done = subprocess.run([str(COMMAND), "database", "upgrade"], env=environment, timeout=60, check=False)
        assert done.returncode == 0
    open_database(postgres.url, tmp_path).ping()


def test_it_takes_every_kind_of_record_once(records: Records, database: Database, postgres: Postgres) -> None:
    records.mover.move()
    rows = database.feedback()
    database.insert(FEEDBACK, rows)
    assert sorted(row["card"] for row in rows) == ["a", "a\ufffdb", "x" * 255]
    assert len(database.feedback()) == 3
    assert [row["therapy"] for row in Ledger(Place(Path("missing"), postgres.url)).decisions("a")] == ["ctace"]


def test_it_takes_the_last_count_of_an_outbox(database: Database) -> None:
    for times in (2, 5):
        database.count_unmapped("one", [UnmappedCode("ward", "urn:local", "X1", times)])
    database.count_unmapped("two", [UnmappedCode("ward", "urn:local", "X1", 1)])
    assert database.unmapped() == [UnmappedCode("ward", "urn:local", "X1", 6)]
    assert database.unmapped(but="two") == [UnmappedCode("ward", "urn:local", "X1", 5)]


def test_it_deletes_what_is_old(records: Records, database: Database) -> None:
    records.mover.move()
    assert database.prune("2026-11-01") == 0
    assert database.prune("2026-11-02") == 4


def test_it_tells_what_it_refuses_from_being_away(database: Database) -> None:
    row = {column.name: "" for column in FEEDBACK.columns}
    with pytest.raises(StorageRefusedError):
        database.insert(FEEDBACK, [row | {"item": "a\x00b"}])
    with pytest.raises(StorageRefusedError):
        database.insert(FEEDBACK, [row | {"digest": "d" * 65}])


def _assert_waits(records: Records, why: str) -> None:
    records.mover.step()
    assert len(records.outbox.page(WAITING_FEEDBACK)) == 3
    assert why in records.outbox.noted("database")


def test_it_waits_for_a_database_that_is_read_only(records: Records, postgres: Postgres) -> None:
    postgres.run("ALTER DATABASE records SET default_transaction_read_only = on")
    _assert_waits(records, "ReadOnlySqlTransaction")
    postgres.run("ALTER DATABASE records SET default_transaction_read_only = off", database="postgres")
    records.mover.step()
    assert records.outbox.waiting() == 0


def test_it_waits_for_a_table_that_is_locked(records: Records, postgres: Postgres) -> None:
    with postgres.connect() as other, other.transaction():
        other.execute("LOCK TABLE threshold_sets")
        _assert_waits(records, "LockNotAvailable")
    records.mover.step()
    assert records.outbox.waiting() == 0


def test_it_waits_while_a_table_is_not_there(records: Records, postgres: Postgres) -> None:
    postgres.run("DROP TABLE decisions")
    _assert_waits(records, "UndefinedTable")


def test_it_gives_up_on_a_database_that_hangs(records: Records, postgres: Postgres) -> None:
    with postgres.hanging():
        _assert_waits(records, "ConnectionTimeout")


def test_it_is_upgraded_once_by_several_at_a_time(postgres: Postgres) -> None:
    environment = os.environ | {"LIVER_CDS_DATABASE_URL": postgres.url}
    running = [subprocess.Popen([str(COMMAND), "database", "upgrade"], env=environment) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]


@pytest.mark.usefixtures("database")
def test_100_it_fails_no_card_while_the_database_is_stopped(postgres: Postgres, tmp_path: Path) -> None:
    with serving(tmp_path, DATABASE_URL=postgres.url) as service:
        with Ehr(service.url, with_hooks=True, threads=4, rate=50) as ehr:
            wait_for(lambda: len(ehr.cards) > 10, 30)
            with postgres.hanging():
                sleep(4)
            postgres.stop()
            before = len(ehr.cards)
            sleep(STOPPED_SECONDS)
            state = service.readiness()
            during = len(ehr.cards) - before
            postgres.start()
        assert (state["code"], state["status"]) == ("200", "degraded")
        assert during > 2 * STOPPED_SECONDS
        sys.stdout.write(
            f"\n{STOPPED_SECONDS} s without the database: {during} cards, {sum(ehr.outcomes.values())} calls\n"
        )
        assert {outcome for outcome in ehr.outcomes if "cut" in outcome} == set()
        assert {outcome for outcome in ehr.outcomes if outcome.startswith("hook")} == {"hook with card"}
        assert ehr.acknowledged == ehr.sent
        wait_for(lambda: Outbox(tmp_path / "outbox.sqlite").waiting() == 0, 90)
        assert service.metric("liver_cds_records_lost_total") == 0
        wait_for(lambda: service.readiness()["status"] == "ready", 30)
    database = open_database(postgres.url, tmp_path)
    assert sorted(row["card"] for row in database.feedback()) == sorted(ehr.sent)
    assert sorted(row["card"] for row in database.known_decisions()) == sorted(ehr.cards)


def test_101_it_starts_and_gives_cards_while_the_database_is_away(postgres: Postgres, tmp_path: Path) -> None:
    postgres.stop()
    try:
        with serving(tmp_path, DATABASE_URL=postgres.url) as service, Ehr(service.url, with_hooks=True) as ehr:
            wait_for(lambda: len(ehr.cards) > 5, 30)
        assert set(ehr.outcomes) == {"hook with card", "feedback 200"}
    finally:
        postgres.start()
