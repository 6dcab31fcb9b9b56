"""The service as a user starts it: the command, the production server, real sockets."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests

from service.cli.server import free_port
from service.fixtures import packaged_fixtures
from tests.web.requests import SELECT, hook_request

pytestmark = pytest.mark.system
COMMAND = Path(sys.executable).with_name("liver-cds")


def _environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIVER_CDS_")}
    return kept | {f"LIVER_CDS_{name}": value for name, value in variables.items()}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port(0)
    data = str(tmp_path_factory.mktemp("data"))
    environment = _environment(MODE="development", PORT=str(port), DATA_DIR=data)
    process = subprocess.Popen([str(COMMAND), "serve"], env=environment)
    url = f"http://127.0.0.1:{port}"
    until = monotonic() + 60
    while monotonic() < until:
        try:
            if requests.get(f"{url}/readyz", timeout=5).ok:
                break
        except requests.RequestException:
            sleep(0.1)
    yield url
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_it_shows_a_card_and_stops() -> None:
    command = [str(COMMAND), "demo", "--once", "--port", "0"]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "200 OK" in done.stdout
    assert re.search(r"^\[critical\] cTACE: absolute", done.stdout, re.MULTILINE)


def test_it_answers_over_a_socket(address: str) -> None:
    answer = requests.post(address + SELECT, json=hook_request(), timeout=30)
    assert answer.status_code == 200
    assert answer.json()["cards"]


@pytest.mark.reliability(51)
def test_it_refuses_a_chunked_body_that_is_too_large(address: str) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(300):
            yield b" " * 65536

    try:
        status = requests.post(
            address + SELECT, data=chunks(), headers={"Content-Type": "application/json"}, timeout=60
        ).status_code
    except requests.ConnectionError:
        status = 413  # the server answered and closed while we were still sending
    assert status == 413
    assert requests.get(f"{address}/livez", timeout=5).ok


def test_it_replays_the_fixtures_against_a_running_service(address: str) -> None:
    command = [str(COMMAND), "replay", str(packaged_fixtures()), "--against", address]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_stops_at_a_bad_setting_and_names_it() -> None:
    environment = _environment(MODE="development", PORT="many")
    done = subprocess.run(
        [str(COMMAND), "serve"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "LIVER_CDS_PORT: 'many' is not a whole number" in done.stderr
