"""Feedback and decisions in the service as it runs: processes are killed, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep

import pytest

from service.records.ledger import Ledger
from service.records.opening import open_database
from service.records.outbox import Outbox
from service.records.records import Place
from service.records.tables import WAITING_FEEDBACK
from tests.system.postgres import Postgres, running_postgres
from tests.system.serving import Ehr, Serving, serving, wait_for

pytestmark = pytest.mark.system
CYCLES = int(os.environ.get("SOAK_CYCLES", "50"))
WORKERS = 3
KINDS = ("main", *("worker",) * 4, "database", *("worker",) * 4, "all", *("worker",) * 4, "database", *("worker",) * 4)
"""what the cycles kill, in turn: a worker, the main process alone, every process at once, the database"""


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Postgres | None]:
    """PostgreSQL; None stands for a SQLite file."""
    if request.param == "sqlite":
        yield None
        return
    with running_postgres() as running:
        open_database(running.url, tmp_path).upgrade()
        yield running


def _kill(service: Serving, server: Postgres | None, kind: str, dice: random.Random) -> None:
    if kind == "database" and server:
        server.stop()
        sleep(dice.random())
        server.start()
    elif kind == "main":
        service.process.kill()
        service.process.wait()
        service.start()
    elif kind == "all":
        service.kill_all()
        service.start()
    elif workers := service.workers():
        with suppress(ProcessLookupError):
            os.kill(dice.choice(workers), signal.SIGKILL)


def test_105_it_loses_and_doubles_no_acknowledged_feedback_when_processes_are_killed(
    tmp_path: Path, server: Postgres | None
) -> None:
    data, dice = tmp_path / "data", random.Random(7)
    database_url = server.url if server else f"sqlite:///{tmp_path / 'records.sqlite'}"
    with serving(data, WORKERS, DATABASE_URL=database_url) as service:
        with Ehr(service.url, with_hooks=False) as ehr:
            for cycle in range(CYCLES):
                enough = len(ehr.acknowledged) + dice.randrange(2, 20)
                wait_for(lambda enough=enough: len(ehr.acknowledged) >= enough, 60)
                _kill(service, server, KINDS[cycle % len(KINDS)], dice)
        wait_for(lambda: service.is_ready() and Outbox(data / "outbox.sqlite").waiting() == 0, 60)
        assert service.terminate() == 0
    stored = [row["card"] for row in open_database(database_url, data).feedback()]
    assert len(stored) == len(set(stored))
    assert ehr.acknowledged <= set(stored) <= ehr.sent
    assert ehr.outcomes["feedback cut"] > 0
    sys.stdout.write(
        f"\n{CYCLES} cycles, {len(ehr.acknowledged)} items acknowledged, {len(stored)} of {len(ehr.sent)} stored\n"
    )


def test_it_writes_down_every_decision_before_it_stops(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        with Ehr(service.url, with_hooks=True) as ehr:
            wait_for(lambda: len(ehr.cards) > 40, 60)
        assert service.terminate() == 0
    ledger = Ledger(Place(tmp_path))
    assert {card for card in ehr.cards if not ledger.decisions(card)} == set()


def test_it_gives_cards_and_acknowledges_nothing_more_on_a_disk_that_is_full(tmp_path: Path) -> None:
    away = "postgresql://nobody@127.0.0.1:1/none"  # so that the outbox grows
    with serving(tmp_path, largest_file=400, DATABASE_URL=away) as service, Ehr(service.url, with_hooks=True) as ehr:
        wait_for(lambda: ehr.outcomes["feedback 503"] > 10, 60)
        full_at = len(ehr.cards)
        wait_for(lambda: len(ehr.cards) > full_at + 3, 60)
        assert service.readiness()["code"] == "503"
    assert set(ehr.outcomes) == {"hook with card", "feedback 200", "feedback 503"}
    stored = [row["card"] for row in Outbox(tmp_path / "outbox.sqlite").all(WAITING_FEEDBACK)]
    assert ehr.acknowledged <= set(stored)
    assert len(stored) == len(set(stored))
