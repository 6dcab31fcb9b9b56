"""The commands as their users call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.app import create_app
from service.cli import main
from service.fixtures import packaged_fixtures
from service.settings import read_settings
from tests.web.requests import hook_request, order

ASCITES = packaged_fixtures() / "refractory-ascites" / "order-select.json"


def _run(runner: CliRunner, *words: str | Path, code: int = 0) -> Result:
    result = runner.invoke(main, [str(word) for word in words], env={"COLUMNS": "200"})
    assert result.exit_code == code, result.output
    return result


def test_it_explains_every_finding_as_a_table(runner: CliRunner) -> None:
    output = _run(runner, "explain", ASCITES, "--as-of", "2026-11-22").output
    assert "contraindicated" in output
    assert "Ascites" in output


def test_it_explains_as_json_in_the_shape_of_the_contract(runner: CliRunner) -> None:
    decisions = json.loads(_run(runner, "explain", ASCITES, "--as-of", "2026-11-22", "--json").stdout)
    assert [decision["therapy"] for decision in decisions] == ["ctace"]
    decision = decisions[0]
    assert {"order", "therapy", "status", "set", "as_of", "facts", "findings", "alternatives", "unreadable"} == set(
        decision
    )
    assert decision["status"] == "contraindicated"
    bilirubin = decision["facts"]["bilirubin"]
    assert {key: bilirubin[key] for key in ("state", "value", "unit")} == {
        "state": "known",
        "value": "2.4",
        "unit": "mg/dL",
    }
    assert bilirubin["source"].startswith("Observation/")
    assert decision["facts"]["inr"]["reason"].startswith("stale: ")


def test_it_explains_why_an_order_is_not_judged(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(hook_request(order(code="71045", system="http://www.ama-assn.org/go/cpt"))))
    assert "no liver-directed therapy" in _run(runner, "explain", path).output


def test_it_says_where_a_request_is_wrong_and_exits_with_2(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text('{"hook": "order-sign"')
    assert "not JSON" in _run(runner, "explain", path, code=2).output


def test_it_replays_the_packaged_fixtures(runner: CliRunner, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    output = _run(runner, "replay", "--junit", report).output
    assert "same" in output
    assert 'failures="0"' in report.read_text()


def test_it_shows_what_differs_and_exits_with_1(runner: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "changed"
    folder.mkdir()
    for name in ("fixture.yaml", "order-select.json"):
        (folder / name).write_bytes((ASCITES.parent / name).read_bytes())
    golden = (ASCITES.parent / "order-select.answer.json").read_text(encoding="utf-8")
    (folder / "order-select.answer.json").write_text(golden.replace('"critical"', '"info"'), encoding="utf-8")
    assert "indicator is critical, not info" in " ".join(_run(runner, "replay", folder, code=1).output.split())


def test_it_writes_golden_answers_only_when_told(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(ASCITES.read_bytes())
    assert "1 answered" in _run(runner, "replay", tmp_path).output
    assert "1 updated" in _run(runner, "replay", tmp_path, "--update").output
    assert (tmp_path / "one.answer.json").is_file()


def test_it_never_stores_an_answer_whose_check_failed(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("service.order_check.OrderCheck.judge", fail)
    (tmp_path / "one.json").write_bytes(ASCITES.read_bytes())
    output = " ".join(_run(runner, "replay", tmp_path, "--update", code=1).output.split())
    assert "ServiceRequest/order-1: the check itself failed (reason: internal)" in output
    assert "1 failed" in output
    assert not (tmp_path / "one.answer.json").exists()


def test_it_refuses_to_update_from_a_running_service(runner: CliRunner) -> None:
    _run(runner, "replay", "--update", "--against", "http://127.0.0.1:9", code=2)


def test_it_checks_everything(runner: CliRunner) -> None:
    assert "no problem found" in _run(runner, "check").output


def test_it_checks_a_sites_thresholds(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text("arterial-liver.max_bilirubin: 99\n")
    output = _run(runner, "check", "--thresholds", path, code=2).output
    assert "thresholds.yaml:1" in output
    assert "outside its range" in output


def test_it_prints_the_prefetch_templates(runner: CliRunner) -> None:
    output = _run(runner, "prefetch").output
    assert "Patient/{{context.patientId}}" in output
    assert json.loads(_run(runner, "prefetch", "--json").output)["patient"] == "Patient/{{context.patientId}}"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIVER_CDS_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("data_dir")
def test_it_says_that_nothing_was_seen(runner: CliRunner) -> None:
    assert "no unmapped order code seen" in _run(runner, "orders", "unmapped").output
    assert _run(runner, "feedback", "export").output == ""


def test_it_lists_unmapped_codes_and_feedback(runner: CliRunner, data_dir: Path) -> None:
    app = create_app(read_settings({}, mode="development", data_dir=str(data_dir)))
    client = app.test_client()
    path = "/cds-services/liver-directed-therapy-select"
    client.post(path, json=hook_request(order(code="X9", system="urn:local", text="TACE of the liver")))
    item = {"card": "c1", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T12:00:00Z"}
    client.post(f"{path}/feedback", json={"feedback": [item]})
    app.extensions["liver_cds_records"].close()
    assert "X9" in _run(runner, "orders", "unmapped").output
    assert json.loads(_run(runner, "feedback", "export").output)["feedback"]["card"] == "c1"
