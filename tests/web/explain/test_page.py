"""The page behind a card: all findings, nobody's identity, and honest words where there is nothing to show."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.app import create_app
from service.settings import read_settings
from tests.conftest import NOW
from tests.web.requests import PATIENT, SELECT, bundle, hook_request, lab, order


class Ward:
    """An application with a public address, whose time a test moves, and a browser."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        settings = read_settings({}, mode="development", data_dir=str(folder), base_url="https://cds.example")
        self.app: Flask = create_app(settings, clock=self._clock)
        self.records = self.app.extensions["liver_cds_records"]
        self.client: FlaskClient = self.app.test_client()

    def _clock(self) -> datetime:
        return self.now

    def link(self, body: dict[str, object] | None = None) -> str:
        """The path that the card of an order links to."""
        body = body or hook_request(labs=bundle(lab("1975-2", 2.4, "mg/dL")))
        (card,) = self.client.post(SELECT, json=body).get_json()["cards"]
        (link,) = card["links"]
        assert link["type"] == "absolute"
        assert link["url"].startswith("https://cds.example/explain/")
        return urlsplit(link["url"]).path

    def page(self, path: str) -> TestResponse:
        return self.client.get(path)


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    return Ward(tmp_path / "data")


@pytest.fixture
def kept(ward: Ward) -> Callable[[], str]:
    """Makes a card whose decision is written down, and gives its path."""

    def make() -> str:
        path = ward.link()
        ward.records.close()
        return path

    return make


def test_it_shows_every_finding_from_the_outbox_and_from_the_database(ward: Ward, kept: Callable[[], str]) -> None:
    path = kept()
    waiting = ward.page(path)
    assert ward.records.outbox.waiting() > 0
    ward.records.mover.move()
    assert ward.records.outbox.waiting() == 0
    assert waiting.text == ward.page(path).text
    assert waiting.status_code == 200
    shown = waiting.text.count("<h3>")
    assert shown > 100
    assert "Bilirubin 2.4 mg/dL (20 Nov)" in waiting.text
    for group in ("Not met", "Unknown", "Before the procedure", "Met"):
        assert f"<h2>{group} " in waiting.text


def test_it_links_to_sources_without_saying_where_from(ward: Ward, kept: Callable[[], str]) -> None:
    page = ward.page(kept())
    links = re.findall(r'<a href="(http[^"]*)"([^>]*)>', page.text)
    assert links
    assert all(url.startswith("https://") and "noreferrer" in more for url, more in links)
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_it_forbids_scripts_frames_and_keeping(ward: Ward, kept: Callable[[], str]) -> None:
    page = ward.page(kept())
    assert page.headers["Cache-Control"] == "no-store"
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "<script" not in page.text


@pytest.mark.reliability(66)
def test_it_shows_nobodys_identity(ward: Ward) -> None:
    drafted = order("canary-order") | {"subject": {"reference": "Patient/canary-patient"}}
    observed = lab("1975-2", 2.4, "mg/dL", patient="canary-patient") | {"id": "canary-observation"}
    body = hook_request(drafted, labs=bundle(observed))
    body["hookInstance"] = "canary-instance"
    body["context"] |= {"patientId": "canary-patient", "userId": "Practitioner/canary-user"}
    body["prefetch"]["patient"] = {
        **PATIENT, "id": "canary-patient", "birthDate": "1961-07-29",
        "name": [{"family": "canary-name"}], "identifier": [{"value": "canary-number"}],
    }  # fmt: skip
    path = ward.link(body)
    ward.records.close()
    page = ward.page(path).text
    assert "Bilirubin 2.4" in page
    assert "canary" not in page
    assert "1961" not in page
    assert "canary" not in path


@pytest.mark.reliability(59)
@pytest.mark.reliability(62)
def test_it_shows_text_of_the_record_as_text(ward: Ward) -> None:
    odd = lab("1975-2", 2.4, "mg/dL") | {"valueQuantity": {"value": 2.4, "unit": "<img src=x onerror=alert(1)>"}}
    path = ward.link(hook_request(labs=bundle(odd)))
    ward.records.close()
    assert "<img" not in ward.page(path).text


def test_it_says_that_a_decision_is_not_written_yet(ward: Ward) -> None:
    ward.records.close()
    page = ward.page(ward.link())
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "still being written" in page.text


def test_it_says_that_a_decision_is_not_on_record(ward: Ward) -> None:
    ward.records.close()
    path = ward.link()
    ward.now += timedelta(hours=2)
    assert ward.page(path).status_code == 404


def test_it_says_that_a_link_has_ended(ward: Ward, kept: Callable[[], str]) -> None:
    path = kept()
    ward.now += timedelta(hours=74)
    page = ward.page(path)
    assert page.status_code == 410
    assert "Bilirubin" not in page.text


@pytest.mark.parametrize("token", ["xyzzy", "xyzzy.plugh", "..%2f..", "WyJjIl0.x"])
def test_it_knows_no_other_address(ward: Ward, token: str) -> None:
    page = ward.page(f"/explain/{token}")
    assert page.status_code == 404
    assert token not in page.text


def test_it_says_that_records_cannot_be_read(ward: Ward, kept: Callable[[], str], tmp_path: Path) -> None:
    path = kept()
    (tmp_path / "data" / "outbox.sqlite").write_bytes(b"no database" * 1000)
    for left in ("outbox.sqlite-wal", "outbox.sqlite-shm"):
        (tmp_path / "data" / left).unlink(missing_ok=True)
    page = ward.page(path)
    assert page.status_code == 503
    assert "Retry-After" in page.headers


def test_it_shows_outcomes_alone_when_the_criteria_have_changed(
    ward: Ward, kept: Callable[[], str], tmp_path: Path
) -> None:
    path = kept()
    with sqlite3.connect(tmp_path / "data" / "outbox.sqlite") as outbox:
        outbox.execute("UPDATE waiting_decisions SET knowledge = 'older'")
    outbox.close()
    page = ward.page(path)
    assert page.status_code == 200
    assert "another version of the knowledge" in page.text
    assert re.search(r"<li>[a-z0-9-]+: not met</li>", page.text)


def test_it_shows_no_other_clients_card(ward: Ward, kept: Callable[[], str], tmp_path: Path) -> None:
    path = kept()
    with sqlite3.connect(tmp_path / "data" / "outbox.sqlite") as outbox:
        outbox.execute("UPDATE waiting_decisions SET client = 'other'")
    outbox.close()
    assert "Bilirubin" not in ward.page(path).text


def test_it_puts_no_link_on_cards_without_a_public_address(client: FlaskClient) -> None:
    (card,) = client.post(SELECT, json=hook_request()).get_json()["cards"]
    assert "links" not in card


def test_it_never_says_a_verdict(ward: Ward, kept: Callable[[], str]) -> None:
    said = re.sub(r"<details>.*?</details>", "", ward.page(kept()).text, flags=re.DOTALL)  # sources bear such names
    assert not re.search(r"\b(in|non-?)?eligible\b|\bapproved\b|\bdenied\b", said, re.IGNORECASE)
