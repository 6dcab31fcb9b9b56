"""Whatever befalls PostgreSQL, every order gets its card, and all feedback arrives when the fault is over."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from time import sleep

import pytest

from service.records.opening import open_database
from service.records.outbox import Outbox
from service.records.storage import StorageUnavailableError
from service.records.tables import FEEDBACK
from tests.system.missing import missing
from tests.system.postgres import Postgres, running_postgres
from tests.system.serving import Ehr, Serving, serving, wait_for

pytestmark = pytest.mark.system
FAULT_SECONDS = 3
ROLE = "service"


class Fault:
    """A PostgreSQL whose service user owns nothing, with the feedback in a small file system of its own."""

    def __init__(self, postgres: Postgres, small: Path) -> None:
        self.postgres, self._small = postgres, small
        self.url = postgres.url.replace("liver@", f"{ROLE}@")

    @contextmanager
    def _changed(self, harm: str, mend: str) -> Iterator[None]:
        self.postgres.run(harm, database="postgres")
        try:
            yield
        finally:
            self.postgres.run(mend, database="postgres")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.postgres.stop()
        try:
            yield
        finally:
            self.postgres.start()

    def silent(self) -> AbstractContextManager[None]:
        return self.postgres.hanging()

    def read_only(self) -> AbstractContextManager[None]:
        setting = f"ALTER ROLE {ROLE} SET default_transaction_read_only"
        return self._changed(f"{setting} = on", f"{setting} = off")

    def refusing_the_login(self) -> AbstractContextManager[None]:
        return self._changed(f"ALTER ROLE {ROLE} NOLOGIN", f"ALTER ROLE {ROLE} LOGIN")

    def out_of_connections(self) -> AbstractContextManager[None]:
        return self._changed(f"ALTER ROLE {ROLE} CONNECTION LIMIT 0", f"ALTER ROLE {ROLE} CONNECTION LIMIT -1")

    def without_rights(self) -> AbstractContextManager[None]:
        connect = "CONNECT ON DATABASE records"
        return self._changed(f"REVOKE {connect} FROM PUBLIC", f"GRANT {connect} TO PUBLIC")

    @contextmanager
    def locked(self) -> Iterator[None]:
        with self.postgres.connect() as other, other.transaction():
            other.execute("LOCK TABLE feedback")
            yield

    @contextmanager
    def full(self) -> Iterator[None]:
        filler = self._small / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        try:
            yield
        finally:
            filler.unlink()


@contextmanager
def _small_disk(postgres: Postgres) -> Iterator[Path]:
    """A file system of four megabytes, where root may mount one."""
    folder = postgres.folder / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False).returncode != 0:
        missing("a file system that can be full needs root, and leave to mount it")
    try:
        table_space = folder / "space"
        table_space.mkdir()
        for each in (folder, table_space):
            postgres.own(each)
        yield folder
    finally:
        postgres.stop()
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(scope="module")
def fault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fault]:
    with running_postgres() as postgres, _small_disk(postgres) as small:
        open_database(postgres.url, tmp_path_factory.mktemp("own")).upgrade()
        postgres.run(f"CREATE TABLESPACE small LOCATION '{small / 'space'}'")
        postgres.run("ALTER TABLE feedback SET TABLESPACE small")
        postgres.run(f"CREATE ROLE {ROLE} LOGIN")
        postgres.run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
        yield Fault(postgres, small)


class Ward:
    """The service, and what its callers sent and got in all tests together."""

    def __init__(self, service: Serving, data: Path) -> None:
        self.service, self.data = service, data
        self.sent: set[str] = set()
        self.cards: list[str] = []

    def call(self) -> Ehr:
        with Ehr(self.service.url, with_hooks=True) as ehr:
            sleep(FAULT_SECONDS)
        self.sent |= ehr.sent
        self.cards += ehr.cards
        return ehr


@pytest.fixture(scope="module")
def ward(fault: Fault, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    data = tmp_path_factory.mktemp("ward") / "data"
    with serving(data, DATABASE_URL=fault.url) as service:
        ward = Ward(service, data)
        ward.call()
        wait_for(lambda: Outbox(data / "outbox.sqlite").waiting() == 0, 60)
        yield ward


FAULTS: tuple[Callable[[Fault], AbstractContextManager[None]], ...] = (
    Fault.stopped,
    Fault.silent,
    Fault.read_only,
    Fault.locked,
    Fault.full,
    Fault.refusing_the_login,
    Fault.out_of_connections,
    Fault.without_rights,
)


@pytest.mark.parametrize("begin", FAULTS, ids=[each.__name__ for each in FAULTS])
def test_100_it_answers_every_order_whatever_befalls_the_database(
    ward: Ward, fault: Fault, begin: Callable[[Fault], AbstractContextManager[None]]
) -> None:
    row = {column.name: "x" for column in FEEDBACK.columns}
    with begin(fault):
        ehr = ward.call()
        database = open_database(fault.url, ward.data)
        with pytest.raises(StorageUnavailableError):
            database.insert(FEEDBACK, [row | {"digest": str(n), "item": "x" * 9000} for n in range(500)])
        assert ward.service.readiness()["code"] == "200"
    assert set(ehr.outcomes) == {"hook with card", "feedback 200"}
    assert ehr.acknowledged == ehr.sent


def test_100_it_brings_everything_home_when_the_faults_are_over(ward: Ward, fault: Fault) -> None:
    """Last: the service may have to wait for up to half a minute before it tries again."""
    outbox = Outbox(ward.data / "outbox.sqlite")
    wait_for(lambda: outbox.waiting() == 0 and ward.service.readiness()["status"] == "ready", 90)
    assert ward.service.metric("liver_cds_records_lost_total") == 0
    database = open_database(fault.url, ward.data)
    assert sorted(row["card"] for row in database.feedback()) == sorted(ward.sent)
    assert sorted(row["card"] for row in database.known_decisions()) == sorted(ward.cards)
