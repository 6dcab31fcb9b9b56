"""The commands on records: what was decided, what was answered, where it rests."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.app import create_app
from service.cli import main
from service.settings import read_settings
from tests.web.requests import SELECT, bundle, hook_request, lab


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The uuid of a card that was given and answered, on record in LIVER_CDS_DATA_DIR."""
    monkeypatch.setenv("LIVER_CDS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LIVER_CDS_HOST", "0.0.0.0")  # as in a container; the commands do not listen
    app = create_app(read_settings({}, mode="development", data_dir=str(tmp_path)))
    client = app.test_client()
    answer = client.post(SELECT, json=hook_request(labs=bundle(lab("1975-2", 2.4, "mg/dL"))))
    uuid: str = answer.get_json()["cards"][0]["uuid"]
    reason = {"reason": {"code": "patient-refuses"}, "userComment": "=1+1"}
    item = {"card": uuid, "outcome": "overridden", "outcomeTimestamp": "2026-11-22T12:00:00Z", "overrideReason": reason}
    client.post(f"{SELECT}/feedback", json={"feedback": [item]})
    app.extensions["liver_cds_records"].close()
    return uuid


def _run(runner: CliRunner, *words: str, code: int = 0) -> Result:
    result = runner.invoke(main, words, env={"COLUMNS": "200"})
    assert result.exit_code == code, result.output
    return result


def _shown(runner: CliRunner, card: str) -> Any:
    return json.loads(_run(runner, "decisions", "show", card, "--json").stdout)


def test_it_shows_a_decision_and_that_it_comes_out_again(runner: CliRunner, card: str) -> None:
    output = _run(runner, "decisions", "show", card).output
    assert "ctace: " in output
    assert "bilirubin" in output
    assert "computed again: the same comes out" in output
    assert "patient-refuses" in output


def test_it_shows_a_decision_as_json(runner: CliRunner, card: str) -> None:
    shown = _shown(runner, card)
    (decision,) = shown["decisions"]
    assert decision["again"] == {"same": True, "why": ""}
    assert decision["facts"]["bilirubin"]["value"] == "2.4"
    assert ["feedback" in report for report in shown["feedback"]] == [True]


def test_it_exits_with_1_when_something_else_comes_out(
    runner: CliRunner, card: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.records.again.read_facts", lambda _: {})
    assert "something else comes out" in _run(runner, "decisions", "show", card, code=1).output


@pytest.mark.usefixtures("card")
def test_it_exits_with_2_for_a_card_that_is_not_on_record(runner: CliRunner) -> None:
    assert "no decision on record" in _run(runner, "decisions", "show", "other", code=2).output


@pytest.mark.usefixtures("card")
def test_it_exports_csv_that_no_spreadsheet_runs(runner: CliRunner) -> None:
    (row,) = csv.DictReader(_run(runner, "feedback", "export", "--format", "csv").stdout.splitlines())
    assert (row["comment"], row["card_known"], row["therapy"]) == ("'=1+1", "yes", "ctace")


@pytest.mark.usefixtures("card")
def test_it_exports_from_a_day_on(runner: CliRunner) -> None:
    assert _run(runner, "feedback", "export", "--since", "2020-01-01").output
    assert _run(runner, "feedback", "export", "--since", "2999-01-01").output == ""


def test_it_upgrades_a_database_twice_without_harm(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVER_CDS_DATABASE_URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    for _ in range(2):
        assert "up to date" in _run(runner, "database", "upgrade").output
    assert (tmp_path / "other.sqlite").is_file()


def test_it_says_that_the_database_is_away(runner: CliRunner, card: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVER_CDS_DATABASE_URL", "postgresql://x:SECRET@127.0.0.1:1/none")
    output = _run(runner, "feedback", "export", code=2).output
    assert "OperationalError" in output
    assert "SECRET" not in output
