"""Bodies as no honest client sends them, on raw sockets against the production server: refused, memory stays flat."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from tests.system.serving import Serving, serving
from tests.web.requests import SELECT, hook_request

pytestmark = [pytest.mark.system, pytest.mark.reliability(51)]
LIMIT = 65_536
BODY = json.dumps(hook_request()).encode()
JSON = "Content-Type: application/json\r\n"
LARGE = b" " * (LIMIT + 1)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("data"), 1, MAX_BODY_BYTES=str(LIMIT)) as running:
        yield running


def _status(service: Serving, head: str, body: bytes) -> int:
    """0 when the server closes the connection without an answer."""
    answer = b""
    with socket.create_connection(("127.0.0.1", service.port), timeout=20) as connection:
        start = f"POST {SELECT} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{head}\r\n".encode()
        with suppress(ConnectionError):  # a server that has refused need not listen to the end
            connection.sendall(start + body)
            connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := connection.recv(65_536):
                answer += part
    return int(answer.split(b" ", 2)[1]) if answer else 0


def _chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:1000], body[1000:]) if part) + b"0\r\n\r\n"


def _length(body: bytes) -> str:
    return f"Content-Length: {len(body)}\r\n"


CASES = {
    "good": (JSON + _length(BODY), BODY, {200}),
    "good, in chunks": (f"{JSON}Transfer-Encoding: chunked\r\n", _chunked(BODY), {200}),
    "one byte too large": (JSON + _length(LARGE), LARGE, {413}),
    "one byte too large, in chunks": (f"{JSON}Transfer-Encoding: chunked\r\n", _chunked(LARGE), {413}),
    "announced as huge": (f"{JSON}Content-Length: 999999999999\r\n", b"{", {413}),
    "shorter than announced": (f"{JSON}Content-Length: {len(BODY) + 10}\r\n", BODY, {400, 0}),
    "without a length": (JSON, b"", {400, 411}),
    "of no length at all": (f"{JSON}Content-Length: x\r\n", BODY, {400}),
    "two lengths": (f"{JSON}Content-Length: 1\r\nContent-Length: 2\r\n", BODY, {400}),
    "length and chunks": (f"{JSON}{_length(BODY)}Transfer-Encoding: chunked\r\n", _chunked(BODY), {400}),
    "compressed": (f"{JSON}Content-Encoding: gzip\r\n{_length(gzip.compress(BODY))}", gzip.compress(BODY), {415}),
    "a form": (f"Content-Type: application/x-www-form-urlencoded\r\n{_length(BODY)}", BODY, {415}),
    "of no type": (_length(BODY), BODY, {415}),
    "an array": (f"{JSON}Content-Length: 2\r\n", b"[]", {400}),
    "empty": (f"{JSON}Content-Length: 0\r\n", b"", {400}),
}


@pytest.mark.parametrize("name", CASES)
def test_it_answers_each_as_it_should_and_goes_on(service: Serving, name: str) -> None:
    head, body, expected = CASES[name]
    assert _status(service, head, body) in expected
    assert requests.post(service.url + SELECT, json=hook_request(), timeout=30).status_code == 200


def test_it_stays_small_under_bodies_that_are_too_large(service: Serving) -> None:
    before = _kilobytes(service)
    for _ in range(20):
        _status(service, f"{JSON}Transfer-Encoding: chunked\r\n", _chunked(b" " * 20 * 1024 * 1024))
    assert _kilobytes(service) - before < 10 * 1024


def _kilobytes(service: Serving) -> int:
    sizes = []
    for worker in service.workers():
        status = Path(f"/proc/{worker}/status").read_text(encoding="utf-8").splitlines()
        sizes += [int(line.split()[1]) for line in status if line.startswith("VmRSS")]
    return max(sizes)
