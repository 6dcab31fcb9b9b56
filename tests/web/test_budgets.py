"""Budgets and shedding: what is too much is told at once to come back, and costs nobody else a card."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from time import monotonic
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from cds_hooks.errors import UnavailableError
from service.client_profiles.preferences import Budget
from service.web.budgets import Bucket, Budgets, ShedError
from service.web.hooks import Hooks
from tests.web.key_server import BASE_URL, ISSUER, new_key, public, signed
from tests.web.requests import SELECT, hook_request

KEYS = {"ward": new_key(), "other": new_key()}
ISSUERS = {"ward": ISSUER, "other": f"{ISSUER}/other"}
REPORT = {"feedback": [{"card": "c1", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T12:00:00Z"}]}


def _budgets(turns: int = 2, queue: int = 2, **budget: Any) -> Budgets:
    return Budgets({"ward": Budget(**budget)}, turns, queue, lambda: 0.0)


def test_it_lets_a_rate_through_and_twice_as_many_at_once() -> None:
    now = 0.0
    bucket = Bucket(5, lambda: now)
    assert [bucket.take() for _ in range(11)] == [True] * 10 + [False]
    now = 1.0
    assert [bucket.take() for _ in range(6)] == [True] * 5 + [False]


def test_it_lets_a_slow_rate_through() -> None:
    now = 0.0
    bucket = Bucket(0.1, lambda: now)
    assert [bucket.take(), bucket.take()] == [True, False]
    now = 10.0
    assert bucket.take()


def test_it_never_lets_more_through_than_the_rate_whatever_threads_do() -> None:
    bucket = Bucket(50, lambda: 0.0)
    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(lambda _: bucket.take(), range(2000))) == 100


def test_it_gives_seats_back_also_after_a_failure() -> None:
    budgets = _budgets(concurrent_calls=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), budgets.call("ward"):
            raise ZeroDivisionError
    with budgets.call("ward"), pytest.raises(ShedError, match="too many"), budgets.call("ward"):
        pytest.fail("there was one seat only")


def test_it_answers_503_with_a_time_to_come_back() -> None:
    assert issubclass(ShedError, UnavailableError)
    assert (ShedError("queue").status, ShedError("queue").retry_after) == (503, 1)


def test_it_gives_up_waiting_for_a_turn() -> None:
    budgets, free, started = _budgets(turns=1), Event(), Barrier(2)

    def judge() -> None:
        with budgets.turn():
            started.wait()
            free.wait(5)

    Thread(target=judge, daemon=True).start()
    started.wait()
    began = monotonic()
    with pytest.raises(ShedError), budgets.turn():
        pytest.fail("the only turn was taken")
    assert monotonic() - began < 2
    free.set()


def _registry(**budget: Any) -> str:
    clients: dict[str, Any] = {name: {"issuer": ISSUERS[name], "keys": [public(key)]} for name, key in KEYS.items()}
    clients["ward"]["budget"] = budget
    return yaml.safe_dump({"clients": clients})


def _call(client: FlaskClient, number: int, name: str = "ward", path: str = SELECT, body: object = None) -> int:
    token = signed(KEYS[name], jti=f"{name}{number}", iss=ISSUERS[name], aud=f"{BASE_URL}{path}")
    answer = client.post(path, json=body or hook_request(), headers={"Authorization": f"Bearer {token}"})
    if answer.status_code == 503:
        assert int(answer.headers["Retry-After"]) >= 1
        assert json.loads(answer.data)["resourceType"] == "OperationOutcome"
    return answer.status_code


def test_it_turns_a_client_away_that_calls_too_often_and_no_other(production: Callable[[str], FlaskClient]) -> None:
    client = production(_registry(calls_per_second=0.5))
    assert [_call(client, number) for number in range(3)] == [200, 503, 503]
    assert _call(client, 1, "other") == 200
    assert 'liver_cds_shed_total{limit="rate"} 2.0' in client.get("/metrics").text


def test_it_takes_feedback_by_a_budget_of_its_own(production: Callable[[str], FlaskClient]) -> None:
    client = production(_registry(calls_per_second=0.5, feedback_per_second=1))
    reports = [_call(client, number, path=f"{SELECT}/feedback", body=REPORT) for number in range(10, 13)]
    assert reports == [200, 200, 503]
    assert [_call(client, 1), _call(client, 2)] == [200, 503]


def test_it_charges_no_client_for_calls_without_its_token(production: Callable[[str], FlaskClient]) -> None:
    client = production(_registry(calls_per_second=0.5))
    assert {client.post(SELECT, json=hook_request()).status_code for _ in range(20)} == {401}
    assert _call(client, 1) == 200


def test_it_sheds_fast_and_stays_alive_under_three_times_the_load(
    development: Callable[[str], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """4 turns and a queue of 64 stand against 200 calls at once, each judged as long as the test wants."""
    free, judge = Event(), Hooks.answer

    def slow(self: Hooks, *arguments: Any) -> Any:
        free.wait(20)
        return judge(self, *arguments)

    monkeypatch.setattr(Hooks, "answer", slow)
    app: Flask = development("clients: {demo: {budget: {concurrent_calls: 1000}}}").application
    statuses: list[int] = []
    threads = [
        Thread(target=lambda: statuses.append(app.test_client().post(SELECT, json=hook_request()).status_code))
        for _ in range(200)
    ]
    for thread in threads:
        thread.start()
    began = monotonic()
    assert app.test_client().get("/livez").status_code == 200
    assert monotonic() - began < 2
    while statuses.count(503) < 132:
        assert monotonic() - began < 20
    free.set()
    for thread in threads:
        thread.join(20)
    assert set(statuses) == {200, 503}
    assert len(statuses) == 200
    assert app.test_client().post(SELECT, json=hook_request()).status_code == 200
