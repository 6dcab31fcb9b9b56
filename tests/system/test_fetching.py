"""Fetching by the service as it is run: production server, real sockets, an environment full of traps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from tests.fhir.fetching.record_server import Exchange, RecordServer, Script, silent, usual
from tests.system.fetching_service import DEADLINE, TOKEN, TOLERANCE, Running, megabytes, running_service
from tests.web.requests import order

pytestmark = pytest.mark.system


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
    with running_service(folder, servers(usual), traps) as service:
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
    before = megabytes(running)
    for _ in range(4):
        running.ask()
    assert megabytes(running) - before < 100


def test_it_wrote_neither_token_nor_patient(running: Running) -> None:
    """Last: all that went before has been written."""
    written = running.log.read_text(encoding="utf-8")
    assert "Kanarienvogel" not in written
    assert "Patient/p1" not in written
    assert "patient=" not in written
