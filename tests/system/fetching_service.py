"""The service as it is run, and a client of it whose record system is a scripted server on real sockets."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import requests

from service.cli.server import free_port
from tests.fhir.fetching.record_server import RecordServer
from tests.web.requests import SELECT, hook_request

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
def running_service(folder: Path, record: RecordServer, traps: dict[str, str]) -> Iterator[Running]:
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


def megabytes(running: Running) -> float:
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
