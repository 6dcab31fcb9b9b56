"""A PostgreSQL of one's own in a temporary folder, run by an ordinary user as it runs for nobody else."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from service.cli.server import free_port
from tests.system.missing import missing

_USERS = ("postgres", "nobody")


class Postgres:
    def __init__(self, binaries: Path, folder: Path, port: int, user: str | None) -> None:
        self._binaries, self._folder, self._port, self._user = binaries, folder, port, user
        self.url = f"postgresql://liver@127.0.0.1:{port}/records"
        self.folder = folder

    def make(self) -> None:
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "liver", "--no-sync", "-E", "UTF8")
        self.start()
        self.run("CREATE DATABASE records", database="postgres")

    def start(self) -> None:
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "start", "-w", "-D", str(self._data), "-l", str(self._folder / "log"), "-o", options)

    def stop(self) -> None:
        """As if the machine had lost its power: nobody is told, nothing is finished."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self._data))

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections and never answers."""
        process = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process, signal.SIGCONT)

    def own(self, path: Path) -> None:
        """Gives a folder to the server's user."""
        if self._user:
            shutil.chown(path, self._user)

    def run(self, statement: str, database: str = "records") -> list[tuple[object, ...]]:
        with self.connect(database) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def connect(self, database: str = "records") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url.replace("/records", f"/{database}"), autocommit=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(self, program: str, *words: str) -> None:
        command: Sequence[str] = [str(self._binaries / program), *words]
        group = None if self._user is None else pwd.getpwnam(self._user).pw_gid
        # its output goes to a file: the server inherits it and would keep a pipe open
        with (self._folder / "output").open("a") as output:
            subprocess.run(
                command, check=True, stdout=output, stderr=output, user=self._user, group=group, cwd=self._folder,
                timeout=60,
            )  # fmt: skip


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A running server with an empty database `records`; without PostgreSQL the test is skipped, on CI it fails."""
    binaries = _binaries()
    if binaries is None:
        missing("PostgreSQL is not installed (apt-get install postgresql)")
    user = next(name for name in _USERS if _is_user(name)) if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="liver-cds-pg-"))
    if user:
        shutil.chown(folder, user)
    server = Postgres(binaries, folder, free_port(0), user)
    try:
        server.make()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder)


def _binaries() -> Path | None:
    found = shutil.which("pg_ctl")
    places = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((place for place in reversed(places) if (place / "initdb").exists()), None)


def _is_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())
