"""The service as a user starts it, and an EHR that sends to it and remembers what was acknowledged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic, sleep
from uuid import uuid4

import requests

from service.cli.server import free_port
from tests.web.requests import SELECT, bundle, hook_request, lab

START_SECONDS = 180
"""far more than it takes on a machine that does nothing else"""
COMMAND = Path(sys.executable).with_name("liver-cds")


class Serving:
    """`liver-cds serve` on a data folder; `log` is what it wrote, beside that folder."""

    def __init__(self, data: Path, workers: int = 2, *, largest_file: int = 0, **variables: str) -> None:
        self.port = free_port(0)
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data.with_name(f"{data.name}.log")
        own = {"MODE": "development", "PORT": str(self.port), "DATA_DIR": str(data), "WORKERS": str(workers)}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIVER_CDS_")}
        self._environment = kept | {f"LIVER_CDS_{name}": value for name, value in (own | variables).items()}
        # in KiB; a file that may not grow is to the service a disk that is full
        limit = f"ulimit -f {largest_file} && " if largest_file else ""
        self._command = ["bash", "-c", f'{limit}exec "$0" serve', str(COMMAND)]
        self.start()

    def start(self) -> None:
        self._begin()
        try:
            wait_for(self.is_ready, START_SECONDS)
        except BaseException:
            self.kill_all()
            raise

    def exit_code(self) -> int:
        """Of a start that comes to nothing."""
        self._begin()
        return self.process.wait(START_SECONDS)

    def _begin(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self._command, env=self._environment, stderr=log)

    def readiness(self) -> dict[str, str]:
        """The body of /readyz with its status as `code`; empty while nobody answers."""
        try:
            answer = requests.get(f"{self.url}/readyz", timeout=5)
        except requests.RequestException:
            return {}
        return {"code": str(answer.status_code), **answer.json()}

    def is_ready(self) -> bool:
        return self.readiness().get("code") == "200"

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(word) for word in children.split()]

    def kill_all(self) -> None:
        """`kill -9` for every process at once, as when the machine stops."""
        for process in (self.process.pid, *self.workers()):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()

    def terminate(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def metric(self, name: str) -> float:
        text = requests.get(f"{self.url}/metrics", timeout=5).text
        return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))


@contextmanager
def serving(data: Path, workers: int = 2, *, largest_file: int = 0, **variables: str) -> Iterator[Serving]:
    service = Serving(data, workers, largest_file=largest_file, **variables)
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.terminate()


class Ehr:
    """Sends feedback, and hook calls when told so, from several threads for as long as the `with` block lasts.

    rate  calls a second, of both kinds together; fewer where the machine is too slow
    """

    def __init__(self, url: str, *, with_hooks: bool, threads: int = 3, rate: float = 0) -> None:
        self._url, self._with_hooks = url, with_hooks
        self._every = (2 if with_hooks else 1) * threads / rate if rate else 0.0
        self._stop, self._lock = Event(), Lock()
        self.acknowledged: set[str] = set()
        self.sent: set[str] = set()
        self.cards: list[str] = []
        self.outcomes: Counter[str] = Counter()
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(threads)]

    def __enter__(self) -> Ehr:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        with requests.Session() as session:
            pause = 0.05
            while not self._stop.wait(pause):
                begun = monotonic()
                if self._with_hooks:
                    self._call(session)
                self._report(session, [str(uuid4()), str(uuid4())])
                pause = max(0.0, self._every - (monotonic() - begun)) if self._every else 0.05

    def _call(self, session: requests.Session) -> None:
        body = hook_request(labs=bundle(lab("1975-2", 2.4, "mg/dL"))) | {"hookInstance": str(uuid4())}
        try:
            answer = session.post(self._url + SELECT, json=body, timeout=10)
        except requests.RequestException:
            self._count("hook cut")
            return
        cards = answer.json().get("cards", [])
        self._count("hook with card" if answer.ok and cards else f"hook {answer.status_code}")
        with self._lock:
            self.cards += [card["uuid"] for card in cards]

    def _report(self, session: requests.Session, cards: list[str]) -> None:
        """Repeats what was not acknowledged, as a client does that cannot know whether it arrived."""
        items = [{"card": c, "outcome": "overridden", "outcomeTimestamp": "2026-11-22T12:00:00Z"} for c in cards]
        with self._lock:
            self.sent |= set(cards)
        for attempt in range(20):
            try:
                answer = session.post(f"{self._url}{SELECT}/feedback", json={"feedback": items}, timeout=10)
            except requests.RequestException:
                self._count("feedback cut")
            else:
                self._count(f"feedback {answer.status_code}")
                if answer.ok:
                    with self._lock:
                        self.acknowledged |= set(cards)
                    return
            if self._stop.wait(0.05 * attempt):
                return

    def _count(self, outcome: str) -> None:
        with self._lock:
            self.outcomes[outcome] += 1


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    until = monotonic() + seconds
    while not condition():
        assert monotonic() < until, "waited in vain"
        sleep(0.05)
