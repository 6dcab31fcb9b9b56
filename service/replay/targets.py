"""Where requests are sent: to the service in process on a day of choice, or to one that runs at an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Protocol

import msgspec
import requests

from cds_hooks import json
from service.app import create_app
from service.replay.shift import shifted
from service.settings import read_settings


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


class Target(Protocol):
    exact: bool
    """whether the same request always gives the same bytes"""

    def send(self, body: bytes, as_of: date | None) -> Answer: ...


class _Hook(msgspec.Struct):
    hook: str = ""


def service_path(body: bytes) -> str:
    """The path of our service for the request's hook; a body without one goes to order-select, which refuses it."""
    try:
        hook = json.decode(body, _Hook).hook
    except json.BadJsonError:
        hook = ""
    return f"/cds-services/liver-directed-therapy-{'sign' if hook == 'order-sign' else 'select'}"


class InProcess:
    """The whole service, HTTP layer included, in this process; "today" is the fixture's day."""

    exact = True

    def __init__(self, data_dir: Path, clients: Path | None = None, thresholds: Path | None = None) -> None:
        settings = read_settings(
            {}, mode="development", data_dir=str(data_dir), log_level="error",
            clients=str(clients or ""), thresholds=str(thresholds or ""),
        )  # fmt: skip
        self._today = datetime.now(UTC)
        app = create_app(settings, clock=lambda: self._today)
        app.extensions["liver_cds_records"].close()  # what a replay decides is nothing to keep
        self._client = app.test_client()

    def send(self, body: bytes, as_of: date | None) -> Answer:
        # Noon, so that no client's time zone makes it another day.
        self._today = datetime.combine(as_of, time(12), UTC) if as_of else datetime.now(UTC)
        response = self._client.post(service_path(body), data=body, content_type="application/json")
        return Answer(response.status_code, response.data)


class Live:
    """A service at an address. Its today is today, so a fixture's dates are moved to it."""

    exact = False

    def __init__(self, address: str, token: str = "") -> None:
        self._address = address.rstrip("/")
        self._session = requests.Session()
        self._session.trust_env = False
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def send(self, body: bytes, as_of: date | None) -> Answer:
        days = (datetime.now(UTC).date() - as_of).days if as_of else 0
        response = self._session.post(
            self._address + service_path(body),
            data=shifted(body, days),
            headers={"Content-Type": "application/json"},
            timeout=30,
            allow_redirects=False,
        )
        return Answer(response.status_code, response.content)
