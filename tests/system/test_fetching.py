"""Fetching by the service as it is run: production server, real sockets, an environment full of traps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import requests

from service.cli.server import free_port
from tests.fhir.fetching.record_server import Exchange, RecordServer, Script, silent, usual
from tests.web.requests import SELECT, hook_request, order

pytestmark = pytest.mark.system
COMMAND = Path(sys.executable).with_name("liver-cds")
TOKEN = "tok-Kanarienvogel"
DEADLINE = 1.0
TOLERANCE = 0.1


class Running:
    """A running service whose one client's record system is a scripted server; `written` is its standard error."""

    def __init__(self, address: str, record: RecordServer, log: Path) -> None:
        self.address = address
        self.record = record
        self.log = log

    def ask(self, *orders: dict[str, Any]) -> tuple[dict[str, Any], float]:
        access = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 60}
        body = hook_request(*orders) | {"prefetch": {}, "fhirServer": self.record.url, "fhirAuthorization": access}
        started = monotonic()
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(self.address + SELECT, json=body, timeout=30)
        assert answer.status_code == 200
        return answer.json(), monotonic() - started

    def reasons(self) -> set[str]:
        answer, _ = self.ask()
        return {each["reason"] for each in answer.get("extension", {}).get("org.livercds.answer", [])}


@contextmanager
def _served(folder: Path, record: RecordServer, traps: dict[str, str]) -> Iterator[Running]:
    port = free_port(0)
    clients, log = folder / "clients.yaml", folder / "log"
    clients.write_text(f"clients:\n  ward:\n    fhir: {{bases: ['{record.url}']}}\n", encoding="utf-8")
    own = {
        "LIVER_CDS_MODE": "development",
        "LIVER_CDS_PORT": str(port),
        "LIVER_CDS_DATA_DIR": str(folder / "data"),
        "LIVER_CDS_CLIENTS": str(clients),
        "LIVER_CDS_DEADLINE_MS": str(int(DEADLINE * 1000)),
        "LIVER_CDS_LOG_LEVEL": "debug",
        "LIVER_CDS_WORKERS": "1",
        "LIVER_CDS_THREADS": "8",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIVER_CDS_")}
    with log.open("wb") as errors:
        process = subprocess.Popen([str(COMMAND), "serve"], env=kept | own | traps, stderr=errors, stdout=errors)
        address = f"http://127.0.0.1:{port}"
        _await_ready(address)
        try:
            yield Running(address, record, log)
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0


def _await_ready(address: str) -> None:
    until = monotonic() + 60
    with requests.Session() as session:
        session.trust_env = False
        while monotonic() < until:
            try:
                if session.get(f"{address}/readyz", timeout=5).ok:
                    return
            except requests.RequestException:
                sleep(0.1)
    pytest.fail("the service did not start")


@pytest.fixture(scope="module")
def servers() -> Iterator[Callable[[Script], RecordServer]]:
    begun: list[RecordServer] = []

    def start(script: Script) -> RecordServer:
        begun.append(RecordServer(script))
        return begun[-1]

    yield start
    for server in begun:
        server.stop()


@pytest.fixture(scope="module")
def proxy(servers: Callable[[Script], RecordServer]) -> RecordServer:
    return servers(usual)


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, servers: Callable[[Script], RecordServer], proxy: RecordServer
) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("fetching")
    netrc = folder / "netrc"
    netrc.write_text("machine 127.0.0.1 login thief password secret\n", encoding="utf-8")
    netrc.chmod(0o600)
    address = proxy.url.removesuffix("/fhir")
    traps = {"NETRC": str(netrc), "no_proxy": "", "NO_PROXY": ""}
    traps |= dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"), address)
    with _served(folder, servers(usual), traps) as service:
        yield service


@pytest.fixture
def script(running: Running) -> Iterator[Callable[[Script], None]]:
    """Changes what the record system answers until the test is over."""

    def change(new: Script) -> None:
        running.record.script = new

    yield change
    running.record.script = usual
    until = monotonic() + 30
    while running.reasons() and monotonic() < until:  # the breaker may have to close
        sleep(0.5)


def test_it_judges_what_it_fetched(running: Running) -> None:
    answer, _ = running.ask()
    assert answer["cards"][0]["extension"]["org.livercds.decision"]["therapy"] == "ctace"
    assert running.record.tokens == {f"Bearer {TOKEN}"}


def test_it_uses_no_proxy_of_the_environment(running: Running, proxy: RecordServer) -> None:
    running.ask()
    assert proxy.asked == []


def dripping(exchange: Exchange) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
    while not exchange.server.over.wait(0.05):
        exchange.wfile.write(b"x")


@pytest.mark.parametrize("slow", [silent, dripping], ids=lambda each: each.__name__)
def test_it_answers_by_the_deadline(running: Running, script: Callable[[Script], None], slow: Script) -> None:
    script(slow)
    took = []
    for _ in range(3):  # the machine may be busy with something else
        answer, seconds = running.ask()
        assert answer["extension"]["org.livercds.answer"][0]["reason"] == "deadline"
        took.append(seconds)
    assert min(took) <= DEADLINE + TOLERANCE


def test_it_answers_many_slow_calls_at_once_by_the_deadline(running: Running, script: Callable[[Script], None]) -> None:
    script(silent)
    with ThreadPoolExecutor(8) as callers:
        took = [seconds for _, seconds in callers.map(lambda _: running.ask(), range(8))]
    # twelve threads of ours share the processor with the service here
    assert max(took) <= DEADLINE + 4 * TOLERANCE


def test_it_leaves_a_dead_server_alone_and_finds_it_again(running: Running, script: Callable[[Script], None]) -> None:
    script(lambda exchange: exchange.answer(b"", 500))
    for _ in range(6):
        assert running.reasons() == {"fhir_failure"}
    asked = len(running.record.asked)
    assert running.reasons() == {"fhir_failure"}
    assert len(running.record.asked) == asked
    script(usual)
    sleep(5.2)
    assert running.reasons() == set()


def test_it_says_nothing_and_asks_nothing_for_other_orders(running: Running) -> None:
    before = len(running.record.asked)
    answer, _ = running.ask(order(code="71045", system="http://www.ama-assn.org/go/cpt"))
    assert answer["cards"] == []
    assert len(running.record.asked) == before


def endless(exchange: Exchange) -> None:
    exchange.begin()
    while not exchange.server.over.is_set():
        exchange.wfile.write(b" " * 65536)


def test_it_stays_small_under_endless_answers(running: Running, script: Callable[[Script], None]) -> None:
    script(endless)
    before = _megabytes(running)
    for _ in range(4):
        running.ask()
    assert _megabytes(running) - before < 100


def _megabytes(running: Running) -> float:
    """Resident memory of the larger of the service's processes."""
    port = int(running.address.rpartition(":")[2])
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_bytes()
            if f"127.0.0.1:{port}".encode() in command:
                text = status.read_text(encoding="utf-8")
                sizes.append(next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")))
        except (OSError, StopIteration):
            continue
    return max(sizes) / 1024


def test_it_wrote_neither_token_nor_patient(running: Running) -> None:
    """Last: all that went before has been written."""
    written = running.log.read_text(encoding="utf-8")
    assert "Kanarienvogel" not in written
    assert "Patient/p1" not in written
    assert "patient=" not in written
