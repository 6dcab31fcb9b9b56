"""Two services behind HAProxy: they restart, lose workers and stop, and callers notice as little as can be."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import sleep
from uuid import UUID, uuid4

import pytest

from tests.fhir.fetching.record_server import Exchange, RecordServer
from tests.system.calling import Caller
from tests.system.haproxy import HAProxy, running_haproxy
from tests.system.serving import Serving, serving, wait_for

pytestmark = pytest.mark.system
ROUNDS = int(os.environ.get("SOAK_RESTARTS", "1"))
CALLERS = 4


class Pair:
    def __init__(self, services: list[Serving], proxy: HAProxy) -> None:
        self.services, self.proxy = services, proxy

    def callers(self, stack: ExitStack) -> list[Caller]:
        made = [
            Caller(self.proxy.url, reuses=number % 2 == 0, verify=self.proxy.ca_bundle) for number in range(CALLERS)
        ]
        return [stack.enter_context(caller) for caller in made]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    with (
        serving(folder / "one", 1) as one,
        serving(folder / "two", 1) as two,
        running_haproxy(folder / "proxy", one.port, two.port) as proxy,
    ):
        wait_for(lambda: proxy.get("/readyz").status_code == 200, 30)
        yield Pair([one, two], proxy)


def test_113_it_fails_no_call_while_one_after_the_other_restarts(pair: Pair) -> None:
    with ExitStack() as stack:
        callers = pair.callers(stack)
        for service in pair.services * ROUNDS:
            assert service.terminate() == 0
            service.start()
            sleep(3)  # the proxy asks each second, and must have found it again
    assert {status for caller in callers for status in caller.statuses} == {200}
    assert [caller.cut for caller in callers] == [0] * CALLERS
    assert sum(len(caller.statuses) for caller in callers) > 100 * ROUNDS


def test_114_it_asks_another_one_when_a_worker_dies_with_a_call_in_its_hands(pair: Pair) -> None:
    with ExitStack() as stack:
        callers = pair.callers(stack)
        for service in pair.services:
            wait_for(lambda: all(len(caller.statuses) > 5 for caller in callers), 60)
            os.kill(service.workers()[0], signal.SIGKILL)
            wait_for(service.is_ready, 60)
            sleep(3)
    assert {status for caller in callers for status in caller.statuses} == {200}
    assert [caller.cut for caller in callers] == [0] * CALLERS


def test_it_says_when_nobody_is_there(pair: Pair) -> None:
    """Last: nobody is left."""
    for service in pair.services:
        assert service.terminate() == 0
    wait_for(lambda: "has no server available" in pair.proxy.log.read_text(encoding="utf-8"), 20)
    answer = pair.proxy.get("/cds-services")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["resourceType"] == "OperationOutcome"


def test_89_it_tells_the_service_nothing_that_a_caller_says_of_where_it_comes_from(tmp_path: Path) -> None:
    def tell(exchange: Exchange) -> None:
        exchange.answer({name.lower(): value for name, value in exchange.headers.items()})

    forged = (
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP",
        "X-SSL-Client-S-DN", "X-HTTP-Method-Override", "Proxy", "X_Forwarded_For",
    )  # fmt: skip
    service = RecordServer(tell)
    try:
        with running_haproxy(tmp_path / "proxy", service.server_port) as proxy:
            wait_for(lambda: proxy.get("/any").status_code == 200, 20)
            known = str(uuid4())
            told = proxy.get(
                "/any", **dict.fromkeys((*forged, "X-Forwarded-Proto"), "evil"), **{"X-Request-Id": known}
            ).json()
            named = proxy.get("/any", **{"X-Request-Id": "Ms Canary, born 1960"}).json()
            log = proxy.log.read_text(encoding="utf-8")
    finally:
        service.stop()
    assert not set(told) & {name.lower() for name in forged}
    assert told["x-forwarded-proto"] == "https"
    assert told["x-request-id"] == known
    assert UUID(named["x-request-id"])
    assert known in log
    assert "Canary" not in log
    assert "/any" not in log
