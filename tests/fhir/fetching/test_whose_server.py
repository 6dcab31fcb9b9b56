"""Whose record system may be asked: the client's own, at every hook, and no socket is opened to any other."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import read_settings
from tests.fhir.fetching.asking import Asking
from tests.fhir.fetching.record_server import RecordServer, Script, usual
from tests.web.key_server import BASE_URL, new_key, public
from tests.web.requests import SELECT, SIGN, hook_request

Serve = Callable[[Script], RecordServer]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEYS = {name: new_key() for name in ("north", "south")}
PATHS = {"order-select": SELECT, "order-sign": SIGN}


class Two:
    """Two clients, each with a key and a record system of its own, beside a server that is nobody's."""

    def __init__(self, folder: Path, serve: Serve) -> None:
        self.servers = {name: serve(usual) for name in (*KEYS, "nobody")}
        clients = {
            name: {"issuer": f"https://{name}.example", "keys": [public(key)], "audience": BASE_URL,
                   "fhir": {"bases": [self.servers[name].url]}}
            for name, key in KEYS.items()
        }  # fmt: skip
        file = folder / "clients.json"
        file.write_text(json.dumps({"clients": clients}), encoding="utf-8")
        settings = read_settings({}, mode="development", data_dir=str(folder / "data"), clients=str(file))
        self.client: FlaskClient = create_app(settings, clock=lambda: NOW).test_client()

    def ask(self, name: str, server: str, hook: str) -> tuple[int, dict[str, Any]]:
        moment = int(NOW.timestamp())
        claims = {"iss": f"https://{name}.example", "aud": BASE_URL + PATHS[hook], "iat": moment, "exp": moment + 60,
                  "jti": f"{name}-{server}-{hook}"}  # fmt: skip
        token = jwt.encode(claims, KEYS[name], "ES384", headers={"kid": "k1"})
        access = {"access_token": "tok-Kanarienvogel", "token_type": "Bearer", "expires_in": 60}
        body = hook_request(hook=hook) | {"prefetch": {}, "fhirServer": server, "fhirAuthorization": access}
        answer = self.client.post(PATHS[hook], json=body, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.get_json()

    def asked(self) -> dict[str, int]:
        return {name: len(server.asked) for name, server in self.servers.items()}


@pytest.fixture
def two(tmp_path: Path, serve: Serve) -> Two:
    return Two(tmp_path, serve)


@pytest.mark.reliability(26)
@pytest.mark.parametrize("hook", PATHS)
def test_it_opens_no_connection_to_a_server_that_is_not_registered(two: Two, hook: str) -> None:
    status, answer = two.ask("north", two.servers["nobody"].url, hook)
    assert status == 200
    assert {each["reason"] for each in answer["extension"]["org.livercds.answer"]} == {"no_access"}
    assert answer["cards"]
    assert set(two.asked().values()) == {0}


@pytest.mark.reliability(28)
@pytest.mark.parametrize("hook", PATHS)
@pytest.mark.parametrize(("name", "other"), [("north", "south"), ("south", "north")])
def test_it_asks_no_server_of_another_client(two: Two, name: str, other: str, hook: str) -> None:
    status, answer = two.ask(name, two.servers[other].url, hook)
    assert (status, answer["extension"]["org.livercds.answer"][0]["reason"]) == (200, "no_access")
    assert set(two.asked().values()) == {0}
    two.ask(name, two.servers[name].url, hook)
    assert [count > 0 for count in (two.asked()[name], two.asked()[other])] == [True, False]


@pytest.mark.reliability(27)
def test_it_opens_no_connection_to_what_only_looks_registered(two: Two) -> None:
    base = two.servers["north"].url
    port = base.split(":")[2].partition("/")[0]
    for server in (
        f"{base}-evil", f"http://127.0.0.1:{port}@127.0.0.1/fhir", f"http://127.1:{port}/fhir", f"{base}/../other",
        base.replace("127.0.0.1", "localhost"), base.replace("http:", "https:"), f"{base}%2e",
    ):  # fmt: skip
        status, answer = two.ask("north", server, "order-select")
        assert (status, answer["extension"]["org.livercds.answer"][0]["reason"]) == (200, "no_access")
    assert set(two.asked().values()) == {0}


@pytest.mark.reliability(31)
def test_it_resolves_a_name_once_for_each_call(asking: Callable[..., Asking]) -> None:
    """A name server that answers otherwise the second time is not asked a second time."""
    answers: list[Sequence[str]] = [["127.0.0.1"], ["169.254.169.254"], ["169.254.169.254"]]
    given: list[Sequence[str]] = []

    def resolve(_host: str, _port: int) -> Sequence[str]:
        given.append(answers[len(given)])
        return given[-1]

    ask = asking(usual, resolve=resolve)
    assert {outcome.label for outcome in ask().outcomes.values()} == {"answered"}
    assert given == [["127.0.0.1"]]
    assert {outcome.label for outcome in ask().outcomes.values()} == {"blocked"}
