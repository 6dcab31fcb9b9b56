"""Access with the production server: reloads, drains, keys over TLS, and a house that is full."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import jwt
import pytest
import requests

from service.cli.server import free_port
from tests.web.key_server import KeyHost, Private, new_key, public
from tests.web.requests import SELECT, hook_request

pytestmark = pytest.mark.system
COMMAND = Path(sys.executable).with_name("liver-cds")
ISSUER = "https://ehr.example"
KEYS = {"first": new_key(), "second": new_key()}


class House:
    """A running service in production mode, and its clients file."""

    def __init__(self, folder: Path, clients: dict[str, Any], **variables: str) -> None:
        self.folder = folder
        self.file = folder / "clients.yaml"
        self.write(clients)
        self.port = free_port(0)
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIVER_CDS_")}
        given = {
            "PORT": str(self.port), "CLIENTS": str(self.file), "DATA_DIR": str(folder / "data"),
            "BASE_URL": "https://cds.example", **variables,
        }  # fmt: skip
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(COMMAND), "serve"], stderr=log, env=kept | {f"LIVER_CDS_{n}": v for n, v in given.items()}
            )
        self.until(lambda: requests.get(f"{self.url}/readyz", timeout=5).ok)

    def write(self, content: dict[str, Any] | str) -> None:
        self.file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")

    def call(self, key: Private, issuer: str = ISSUER, **headers: Any) -> int:
        now = int(datetime.now(UTC).timestamp())
        claims = {
            "iss": issuer,
            "aud": f"https://cds.example{SELECT}",
            "iat": now,
            "exp": now + 60,
            "jti": str(uuid4()),
        }
        token = jwt.encode(claims, key, "ES384", headers={"kid": "k1", **headers})
        bearer = {"Authorization": f"Bearer {token}"}
        return requests.post(self.url + SELECT, json=hook_request(), headers=bearer, timeout=30).status_code

    def until(self, is_so: Callable[[], bool], seconds: float = 60) -> None:
        end = monotonic() + seconds
        while monotonic() < end:
            assert self.process.poll() is None, self.written
            with suppress(requests.RequestException):
                if is_so():
                    return
            sleep(0.1)
        pytest.fail(self.written)

    @property
    def written(self) -> str:
        return self.log.read_text(encoding="utf-8")

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="utf-8")
        return [int(each) for each in children.split()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


def _ward(key: Private) -> dict[str, Any]:
    return {"clients": {"ward": {"issuer": ISSUER, "keys": [public(key)]}}}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path, _ward(KEYS["first"]))
    yield house
    if house.process.poll() is None:
        house.stop()


def test_it_takes_a_new_clients_file_at_sighup_and_keeps_the_old_one_if_that_is_bad(house: House) -> None:
    assert [house.call(KEYS["first"]), house.call(KEYS["second"])] == [200, 401]
    house.write(_ward(KEYS["second"]))
    house.process.send_signal(signal.SIGHUP)
    house.until(lambda: house.call(KEYS["second"]) == 200 and house.call(KEYS["first"]) == 401)
    house.write("clients: {ward: {tittle: x}}")
    before = set(house.workers)
    house.process.send_signal(signal.SIGHUP)
    house.until(lambda: "the old files stay in force" in house.written)
    house.until(lambda: not before & set(house.workers))
    assert {house.call(KEYS["second"]) for _ in range(8)} == {200}
    assert "tittle" in house.written
    assert house.stop() == 0


def test_it_replaces_a_killed_worker_though_the_file_has_gone_bad(house: House) -> None:
    house.write("clients: {")
    before = house.workers
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    house.until(lambda: len(set(house.workers) - set(before)) == len(before))
    house.until(lambda: house.call(KEYS["first"]) == 200)
    house.file.unlink()
    os.kill(house.workers[0], signal.SIGKILL)
    house.until(lambda: len(house.workers) == len(before))
    house.until(lambda: house.call(KEYS["first"]) == 200)


@pytest.mark.reliability(113)
def test_113_it_answers_the_call_in_hand_when_it_is_told_to_stop(house: House) -> None:
    body = json.dumps(hook_request()).encode()
    now = int(datetime.now(UTC).timestamp())
    claims = {"iss": ISSUER, "aud": f"https://cds.example{SELECT}", "iat": now, "exp": now + 60, "jti": "slow"}
    token = jwt.encode(claims, KEYS["first"], "ES384", headers={"kid": "k1"})
    head = (
        f"POST {SELECT} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as connection:
        connection.sendall(head.encode() + body[:100])
        sleep(0.5)
        house.process.send_signal(signal.SIGTERM)
        sleep(1)
        connection.sendall(body[100:])
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"cards"' in answer
    assert house.process.wait(40) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{house.url}/livez", timeout=2)


@pytest.mark.reliability(11)
def test_11_it_executes_a_token_once_in_all_workers(house: House) -> None:
    now = int(datetime.now(UTC).timestamp())
    claims = {"iss": ISSUER, "aud": f"https://cds.example{SELECT}", "iat": now, "exp": now + 60, "jti": "again"}
    token = jwt.encode(claims, KEYS["first"], "ES384", headers={"kid": "k1"})

    def call(_: int) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.post(house.url + SELECT, json=hook_request(), headers=headers, timeout=30).status_code

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(call, range(100))) == [200] + [401] * 99


@pytest.mark.parametrize("method", ["PROPFIND", "TRACE", "FOO"])
def test_it_tells_little_of_itself(house: House, method: str) -> None:
    for path in ("/cds-services", "/nothing"):
        answer = requests.request(method, house.url + path, timeout=5)
        assert answer.status_code in {404, 405}
        assert answer.json()["resourceType"] == "OperationOutcome"
        assert answer.headers.get("Server", "gunicorn") == "gunicorn"
    assert urlsplit(house.url).hostname == "127.0.0.1"


def test_it_sheds_what_is_too_much_and_stays_alive(tmp_path: Path) -> None:
    clients = _ward(KEYS["first"])
    clients["clients"]["ward"]["budget"] = {"calls_per_second": 5}
    house = House(tmp_path, clients, WORKERS="1", QUEUE="2", THREADS="2")
    with ThreadPoolExecutor(32) as pool:
        statuses = [pool.submit(house.call, KEYS["first"]) for _ in range(150)]
        alive = [requests.get(f"{house.url}/livez", timeout=5).status_code for _ in range(10)]
        found = [each.result() for each in statuses]
    assert set(found) == {200, 503}
    assert alive == [200] * 10
    sleep(1)
    assert house.call(KEYS["first"]) == 200
    assert house.stop() == 0


def test_it_refuses_the_sandbox_in_production(tmp_path: Path) -> None:
    path = tmp_path / "clients.yaml"
    path.write_text("clients: {box: {profile: sandbox}}", encoding="utf-8")
    variables = {"CLIENTS": str(path), "BASE_URL": "https://cds.example", "DATA_DIR": str(tmp_path / "data")}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    done = subprocess.run(
        [str(COMMAND), "serve"], env=environment | {f"LIVER_CDS_{name}": value for name, value in variables.items()},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "private key is public" in done.stderr


@pytest.mark.reliability(6)
@pytest.mark.reliability(16)
def test_it_verifies_keys_of_a_registered_address(tmp_path: Path) -> None:
    host = KeyHost(tmp_path, public(KEYS["first"]))
    client = {"issuer": ISSUER, "jku": [host.jku], "jku_ca_bundle": host.ca_bundle, "audience": "https://cds.example"}
    house = House(tmp_path, {"clients": {"ward": client}}, MODE="development", WORKERS="2")
    try:
        with ThreadPoolExecutor(8) as pool:
            found = pool.map(lambda _: house.call(KEYS["first"], jku=host.jku), range(24))
            assert set(found) == {200}
        assert house.call(KEYS["second"], jku=host.jku) == 401
        assert 1 <= host.times <= 2
    finally:
        host.close()
        house.stop()
