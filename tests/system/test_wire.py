"""HTTP on the wire, to gunicorn itself and through HAProxy: what is meant is answered, the rest refused."""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from time import monotonic, sleep
from uuid import uuid4

import pytest
import requests

from tests.system.haproxy import HAProxy, running_haproxy
from tests.system.serving import Serving, serving, wait_for
from tests.system.smuggling import BODY, CUT, GOOD, REFUSED, Case
from tests.web.requests import SELECT, hook_request

pytestmark = pytest.mark.system
REFUSALS = {400, 413, 501, 505}


class House:
    """One service, and the proxy before it."""

    def __init__(self, service: Serving, proxy: HAProxy) -> None:
        self.service, self.proxy = service, proxy

    def connect(self, door: str, source: str = "127.0.0.1") -> socket.socket:
        if door == "proxy":
            return self.proxy.connect(source)
        return socket.create_connection(("127.0.0.1", self.service.port), timeout=30)

    def knows(self, request_id: str) -> bool:
        """Whether the service handled a request of this id; it writes its line just after it has answered."""
        sleep(0.1)
        return request_id in self.service.log.read_text(encoding="utf-8")

    def talk(self, door: str, wire: bytes, answers: int) -> tuple[list[int], bool]:
        """The statuses that came, and whether the connection was closed after them."""
        with self.connect(door) as connection:
            connection.sendall(wire)
            heard, is_closed = _heard(connection, answers)
        return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", heard)], is_closed


def _heard(connection: socket.socket, answers: int) -> tuple[bytes, bool]:
    heard, until = b"", monotonic() + 20
    while monotonic() < until:
        connection.settimeout(0.3 if heard.count(b"HTTP/1.") >= answers else 20)
        try:
            part = connection.recv(65_536)
        except TimeoutError:
            break
        except OSError:
            return heard, True
        if not part:
            return heard, True
        heard += part
    return heard, False


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with serving(folder / "data") as service, running_haproxy(folder / "proxy", service.port) as proxy:
        wait_for(lambda: proxy.get("/readyz").status_code == 200, 30)
        yield House(service, proxy)


DOORS = pytest.mark.parametrize("door", ["itself", "proxy"])


def _cases(cases: tuple[Case, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def test_it_is_configured_without_a_warning(house: House) -> None:
    assert house.proxy.check() == 0


@_cases(REFUSED)
def test_87_it_refuses_what_can_be_read_in_two_ways_and_hangs_up(house: House, case: Case) -> None:
    first, second = str(uuid4()), str(uuid4())
    statuses, is_closed = house.talk("itself", case.wire(first, second), 1)
    assert len(statuses) == 1
    assert statuses[0] in REFUSALS
    assert is_closed
    assert not house.knows(second)


@_cases(REFUSED)
def test_87_it_sees_through_the_proxy_only_what_the_proxy_saw(house: House, case: Case) -> None:
    first, second = str(uuid4()), str(uuid4())
    statuses, is_closed = house.talk("proxy", case.wire(first, second), 1)
    if case.proxy_mends:
        assert set(statuses) <= {200} | REFUSALS
        assert not house.knows(second) or second in house.proxy.log.read_text(encoding="utf-8")
        return
    assert len(statuses) == 1
    assert statuses[0] in REFUSALS
    assert is_closed
    assert not house.knows(first)
    assert not house.knows(second)


@DOORS
@_cases(GOOD)
def test_87_it_answers_two_requests_that_are_well_framed(house: House, case: Case, door: str) -> None:
    first, second = str(uuid4()), str(uuid4())
    statuses, is_closed = house.talk(door, case.wire(first, second), 2)
    assert (statuses, is_closed) == ([200, 200], False)
    assert house.knows(first)
    assert house.knows(second)


@DOORS
@_cases(CUT)
def test_87_it_judges_nothing_that_ends_early(house: House, case: Case, door: str) -> None:
    request_id = str(uuid4())
    with house.connect(door) as connection:
        connection.sendall(case.head(request_id) + case.body)
        sleep(0.2)
        if door == "itself":
            connection.shutdown(socket.SHUT_WR)
            assert b" 200 " not in _heard(connection, 1)[0]
    sleep(0.2)
    lines = [json.loads(line) for line in house.service.log.read_text(encoding="utf-8").splitlines() if "{" in line]
    assert not [line for line in lines if request_id in line.values() and line.get("status") == 200]


@DOORS
def test_it_answers_many_calls_on_one_connection(house: House, door: str) -> None:
    context = ssl.create_default_context(cafile=house.proxy.ca_bundle)
    connection = (
        http.client.HTTPSConnection("localhost", house.proxy.port, context=context, timeout=30)
        if door == "proxy"
        else http.client.HTTPConnection("127.0.0.1", house.service.port, timeout=30)
    )
    connection.connect()
    first = connection.sock
    for _ in range(20):
        connection.request("POST", SELECT, BODY, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert json.loads(answer.read())["cards"]
        assert connection.sock is first
    connection.close()


@pytest.mark.parametrize("path", ["/metrics", "//metrics", "/%6detrics", "/METRICS", "/%2fmetrics", "/metrics?x=1"])
def test_it_keeps_its_figures_inside(house: House, path: str) -> None:
    assert house.proxy.get(path).status_code == 404
    assert requests.get(f"{house.service.url}/metrics", timeout=5).status_code == 200


def test_it_refuses_methods_that_only_proxies_need(house: House) -> None:
    assert house.proxy.get("/cds-services", method="TRACE").status_code == 405
    head = b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"
    assert house.talk("proxy", head, 1)[0] == [405]


def test_it_speaks_http_2_and_no_old_tls(house: House) -> None:
    context = ssl.create_default_context(cafile=house.proxy.ca_bundle)
    context.set_alpn_protocols(["h2"])
    plain = socket.create_connection(("127.0.0.1", house.proxy.port), timeout=10)
    with context.wrap_socket(plain, server_hostname="localhost") as connection:
        assert connection.selected_alpn_protocol() == "h2"
    command = [
        "openssl",
        "s_client",
        "-connect",
        f"127.0.0.1:{house.proxy.port}",
        "-tls1_1",
        "-cipher",
        "ALL@SECLEVEL=0",
    ]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=False)
    assert done.returncode != 0


SLOW = {
    "nothing": b"",
    "a head that does not end": f"POST {SELECT} HTTP/1.1\r\nHost: localhost\r\n".encode(),
    "a body that does not come": (
        f"POST {SELECT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: 60000\r\n\r\n{{"
    ).encode(),
}
SOURCES = [f"127.0.0.{number}" for number in range(2, 8)]
EACH = 100


def test_88_it_answers_others_as_ever_while_many_are_slow(house: House) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(house.connect("proxy", source)) for source in SOURCES for _ in range(EACH)]
        for number, connection in enumerate(slow):
            connection.settimeout(5)
            connection.sendall(list(SLOW.values())[number % len(SLOW)])
        begun, took = monotonic(), []
        with requests.Session() as session:
            while monotonic() < begun + 8:
                for connection in slow[1::7]:
                    with suppress(OSError):
                        connection.sendall(b"x")  # a byte now and then, so that nobody looks idle
                started = monotonic()
                answer = session.post(
                    house.proxy.url + SELECT, json=hook_request(), timeout=10, verify=house.proxy.ca_bundle
                )
                took.append(monotonic() - started)
                assert answer.status_code == 200
                sleep(0.1)
        assert sorted(took)[len(took) // 2] < 1
        assert house.service.readiness()["code"] == "200"
        wait_for(lambda: all(_is_closed(connection) for connection in slow), 20)


def _is_closed(connection: socket.socket) -> bool:
    """Whether the other side has ended it; an error that it sends before counts as such."""
    connection.settimeout(0.01)
    try:
        return len(connection.recv(1024)) >= 0
    except TimeoutError:
        return False
    except OSError:
        return True


def test_88_it_takes_two_hundred_connections_of_one_address_and_leaves_the_others_alone(house: House) -> None:
    address, opened = ("127.0.0.1", house.proxy.port), []
    with ExitStack() as stack:
        for _ in range(230):
            with suppress(OSError):  # some are refused before they have begun
                connection = socket.create_connection(address, timeout=5, source_address=("127.0.0.99", 0))
                opened.append(stack.enter_context(connection))
        sleep(0.5)
        assert sum(not _is_closed(connection) for connection in opened) == 200
        assert house.proxy.get("/cds-services").status_code == 200
