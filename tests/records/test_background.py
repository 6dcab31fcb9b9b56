"""A background thread lives while there is work, in the process that calls, and finishes before its process ends."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Event

import pytest

from service.records import background
from service.records.background import Background


def test_it_starts_at_the_first_call_and_not_before() -> None:
    ran = Event()

    def step() -> float:
        ran.set()
        return 0.01

    made = Background("test", step, lambda: False)
    assert not ran.wait(0.05)
    made.call()
    assert ran.wait(5)
    made.stop()


def test_it_ends_when_nobody_calls_and_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_IDLE_SECONDS", 0.0)
    steps: list[int] = []
    made = Background("test", lambda: steps.append(1) or 0.0, lambda: False)
    made.call()
    first = made._thread
    if first is not None:
        first.join(5)
    assert made._thread is None
    monkeypatch.setattr(background, "_IDLE_SECONDS", 60.0)
    made.call()
    assert made._thread is not None
    made.stop()


def test_it_stays_while_there_is_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_IDLE_SECONDS", 0.0)
    left, done = [3], Event()

    def step() -> float:
        left[0] -= 1
        if not left[0]:
            done.set()
        return 0.0

    Background("test", step, lambda: left[0] > 0).call()
    assert done.wait(5)


def test_it_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    again, tries = Event(), [0]

    def step() -> float:
        tries[0] += 1
        if tries[0] == 1:
            raise RuntimeError
        again.set()
        return 0.01

    monkeypatch.setattr(background, "_AFTER_FAILURE_SECONDS", 0.01)
    made = Background("test", step, lambda: False)
    made.call()
    assert again.wait(5)
    made.stop()


def test_it_starts_no_more_once_it_was_stopped() -> None:
    finished: list[int] = []
    made = Background("test", lambda: 0.01, lambda: False, finish=lambda: finished.append(1))
    made.stop()
    made.call()
    assert made._thread is None
    assert finished == [1]


_PROGRAM = """
from service.records.background import Background
made = Background("test", lambda: 0.01, lambda: False, finish=lambda: print("finished", flush=True))
made.call()
"""


def test_it_finishes_when_its_process_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True, env=dict(os.environ)
    )
    assert done.stdout == "finished\n"
