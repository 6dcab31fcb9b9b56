"""Processes that die or hang: what is left answers, what is lost is replaced, nothing lingers."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests

from tests.system.calling import Caller
from tests.system.serving import Serving, serving, wait_for
from tests.web.requests import SELECT, hook_request

pytestmark = pytest.mark.system
GONE_SECONDS = 10.0
HANGS_SECONDS = 45.0
"""gunicorn takes a worker for dead after 30 s without a sign of life"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One for all: every test leaves it whole."""
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


def _lives(process: int) -> bool:
    """A process that has ended and that nobody waits for is a zombie, and lives no more."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@contextmanager
def _connected(service: Serving, *sent: bytes) -> Iterator[None]:
    """Connections that say no more than this."""
    connections = [socket.create_connection(("127.0.0.1", service.port), timeout=5) for _ in sent]
    for connection, words in zip(connections, sent, strict=True):
        connection.sendall(words)
    sleep(0.5)
    yield
    for connection in connections:
        connection.close()


def test_it_leaves_no_worker_answering_when_the_main_process_is_killed(service: Serving) -> None:
    workers = service.workers()
    half = f"POST {SELECT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{{"
    with _connected(service, b"", half.encode()), Caller(service.url, reuses=True) as caller:
        wait_for(lambda: len(caller.statuses) > 5, 30)
        service.process.kill()
        service.process.wait()
        killed_at = monotonic()
        wait_for(lambda: not any(_lives(worker) for worker in workers), GONE_SECONDS)
        sleep(0.5)
    assert set(caller.statuses) == {200}
    assert caller.answered_at - killed_at < 5
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{service.url}/livez", timeout=2)
    service.start()
    assert requests.post(service.url + SELECT, json=hook_request(), timeout=30).status_code == 200


def test_it_frees_its_port_at_once_when_the_main_process_is_killed(service: Serving) -> None:
    workers = service.workers()
    with _connected(service, b""):  # holds up the end of the worker, not that of its port
        service.process.kill()
        service.process.wait()
        wait_for(lambda: not service.readiness(), 3)
        assert any(_lives(worker) for worker in workers)
        with socket.socket() as next_one:
            next_one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            next_one.bind(("127.0.0.1", service.port))
            next_one.listen()
    service.start()
    assert service.is_ready()


def test_it_leaves_no_worker_that_was_still_starting(service: Serving) -> None:
    before = service.workers()
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    wait_for(lambda: len(set(service.workers()) - set(before)) == 2, 20)
    starting = service.workers()
    service.process.kill()
    service.process.wait()
    wait_for(lambda: not any(_lives(worker) for worker in starting), 5)
    service.start()
    assert service.is_ready()


def test_114_it_replaces_a_worker_that_is_killed(service: Serving) -> None:
    with Caller(service.url, reuses=False) as caller:
        for _ in range(3):
            before = service.workers()
            os.kill(before[0], signal.SIGKILL)
            wait_for(lambda before=before: len(set(service.workers()) - set(before)) == 1, 10)
            wait_for(lambda: len(service.workers()) == 2, 10)
            answered = len(caller.statuses)
            wait_for(lambda answered=answered: len(caller.statuses) > answered + 10, 10)
    assert set(caller.statuses) == {200}
    assert caller.cut <= 3  # no more than what was in that worker's hands


def test_114_it_replaces_a_worker_that_hangs_and_answers_meanwhile(service: Serving) -> None:
    hanging = service.workers()[0]
    os.kill(hanging, signal.SIGSTOP)
    with Caller(service.url, reuses=False) as caller:
        wait_for(lambda: hanging not in service.workers(), HANGS_SECONDS)
        wait_for(lambda: len(service.workers()) == 2, 10)
    assert set(caller.statuses) == {200}
    assert caller.cut <= 1
    assert len(caller.statuses) > 100


def test_it_replaces_workers_that_are_killed_while_they_start(service: Serving) -> None:
    for _ in range(5):
        before = service.workers()
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        wait_for(lambda before=before: len(set(service.workers()) - set(before)) == 2, 20)
    wait_for(service.is_ready, 60)
    assert service.process.poll() is None
