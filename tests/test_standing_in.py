"""The signed copy of the thresholds: it stands in for a file that cannot be read, and for nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.clients import ClientsError
from service.reload import keep, kept_files
from service.rules.problems import KnowledgeError
from service.settings import SettingsError, read_settings
from service.standing_in import for_worker, instead_of_unreadable, kept_copy
from tests.web.requests import SELECT, bundle, hook_request, lab

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILE = "arterial-liver.max_bilirubin: 1.8\n"
Variables = dict[str, str]


@pytest.fixture
def variables(tmp_path: Path) -> Variables:
    path = tmp_path / "thresholds.yaml"
    path.write_text(FILE, encoding="utf-8")
    return {
        "LIVER_CDS_MODE": "development",
        "LIVER_CDS_DATA_DIR": str(tmp_path / "data"),
        "LIVER_CDS_THRESHOLDS": str(path),
    }


@pytest.fixture
def copy(variables: Variables) -> Path:
    settings = read_settings(variables)
    keep(settings, NOW)
    return kept_copy(settings.data_dir, "thresholds")


def _file(variables: Variables) -> Path:
    return Path(variables["LIVER_CDS_THRESHOLDS"])


def test_it_keeps_the_file_byte_for_byte_before_its_seal(copy: Path) -> None:
    assert copy.read_text(encoding="utf-8").startswith(FILE)


def test_it_stands_in_for_a_file_that_is_not_there(variables: Variables, copy: Path) -> None:
    assert instead_of_unreadable(variables, NOW) == {}
    _file(variables).unlink()
    assert instead_of_unreadable(variables, NOW) == {"thresholds": str(copy)}


def test_it_stands_in_for_a_file_that_is_a_folder_now(variables: Variables, copy: Path) -> None:
    _file(variables).unlink()
    _file(variables).mkdir()
    assert instead_of_unreadable(variables, NOW) == {"thresholds": str(copy)}


def test_it_does_not_stand_in_for_a_file_that_is_bad(variables: Variables, copy: Path) -> None:
    _file(variables).write_text("nonsense: 1\n", encoding="utf-8")
    assert instead_of_unreadable(variables, NOW) == {}
    with pytest.raises(KnowledgeError, match="nonsense"):
        keep(read_settings(variables), NOW)
    assert copy.read_text(encoding="utf-8").startswith(FILE)


def test_it_stops_the_start_where_there_is_neither_file_nor_copy(variables: Variables) -> None:
    _file(variables).unlink()
    assert instead_of_unreadable(variables, NOW) == {}
    with pytest.raises(SettingsError, match="THRESHOLDS"):
        read_settings(variables)


def _changed(copy: Path) -> None:
    copy.write_text(copy.read_text(encoding="utf-8").replace("1.8", "2.8"), encoding="utf-8")


def _cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-40])


def _signed_with_another_key(copy: Path) -> None:
    (copy.parent / "snapshot.key").write_text("o" * 40, encoding="utf-8")


@pytest.mark.parametrize("harm", [_changed, _cut, _signed_with_another_key], ids=lambda each: each.__name__)
def test_102_it_starts_on_no_copy_that_is_refused(
    variables: Variables, copy: Path, harm: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(harm)
    harm(copy)
    settings, limits_of = for_worker(variables, kept_files(variables), NOW)
    assert (settings.thresholds, limits_of) == (_file(variables), None)
    assert "is refused" in caplog.text
    _file(variables).unlink()
    with pytest.raises(SettingsError, match="is refused"):
        instead_of_unreadable(variables, NOW)
    with pytest.raises(SettingsError, match="names no file"):
        for_worker(variables, kept_files(variables), NOW)


def test_102_it_refuses_a_copy_of_another_installation(variables: Variables, copy: Path) -> None:
    _file(variables).unlink()
    with pytest.raises(SettingsError, match="another installation's"):
        instead_of_unreadable(variables | {"LIVER_CDS_BASE_URL": "https://other.example"}, NOW)


def test_102_it_refuses_a_copy_from_the_future(variables: Variables, copy: Path) -> None:
    _file(variables).unlink()
    with pytest.raises(SettingsError, match="from the future"):
        instead_of_unreadable(variables, NOW - timedelta(days=1))


def test_it_signs_with_the_administrators_key(variables: Variables, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k" * 32, encoding="utf-8")
    given = variables | {"LIVER_CDS_SNAPSHOT_KEY_FILE": str(key)}
    keep(read_settings(given), NOW)
    _file(variables).unlink()
    assert instead_of_unreadable(given, NOW)
    key.write_text("x" * 32, encoding="utf-8")
    with pytest.raises(SettingsError, match="another key"):
        instead_of_unreadable(given, NOW)


def test_it_does_not_sign_anew_what_stands_in(variables: Variables, copy: Path) -> None:
    before = copy.read_bytes()
    _file(variables).unlink()
    keep(read_settings(variables, thresholds=str(copy)), NOW + timedelta(days=1))
    assert copy.read_bytes() == before


def test_it_keeps_no_thresholds_while_the_clients_are_bad(variables: Variables, copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    clients = tmp_path / "clients.yaml"
    clients.write_text("clients: {a: {tittle: x}}", encoding="utf-8")
    with pytest.raises(ClientsError):
        keep(read_settings(variables | {"LIVER_CDS_CLIENTS": str(clients)}), NOW + timedelta(days=1))
    assert copy.read_bytes() == before


def _client(variables: Variables, now: datetime) -> FlaskClient:
    settings, limits_of = for_worker(variables, kept_files(variables), now)
    return create_app(settings, clock=lambda: now, limits_of=limits_of).test_client()


def _detail(client: FlaskClient) -> str:
    request = hook_request(labs=bundle(lab("1975-2", 1.9, "mg/dL")))
    detail: str = json.loads(client.post(SELECT, json=request).data)["cards"][0]["detail"]
    assert "1.8" in detail
    return detail


@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize("hours", [0, 240])
def test_103_it_says_nothing_on_cards_while_the_file_is_as_it_was_read(variables: Variables, hours: int) -> None:
    client = _client(variables, NOW + timedelta(hours=hours))
    assert "limits as of" not in _detail(client)
    assert client.get("/readyz").get_json() == {"status": "ready"}


@pytest.mark.usefixtures("copy")
@pytest.mark.parametrize(("hours", "said"), [(24, False), (25, True)])
def test_103_it_says_on_cards_when_the_limits_are_older_than_a_day(
    variables: Variables, hours: int, said: bool
) -> None:
    _file(variables).unlink()
    client = _client(variables, NOW + timedelta(hours=hours))
    assert ("limits as of 22 Nov 2026 12:00 UTC, not confirmed since" in _detail(client)) is said
    state = client.get("/readyz")
    assert (state.status_code, state.get_json()["status"]) == (200, "degraded")
    assert "2026-11-22T12:00Z" in state.get_json()["thresholds"]
