"""Settings: every one documented, every bad one named."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli.settings import settings_markdown
from service.settings import PREFIX, SettingsError, read_settings


def test_it_starts_in_development_with_defaults() -> None:
    settings = read_settings({"LIVER_CDS_MODE": "development"})
    assert (settings.host, settings.port, settings.tokens_required) == ("127.0.0.1", 8080, False)


def test_it_lets_the_command_line_win_over_the_environment() -> None:
    settings = read_settings({"LIVER_CDS_MODE": "development", "LIVER_CDS_PORT": "1"}, port=9000)
    assert settings.port == 9000


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eighty", "is not a whole number from 0 to 65535"),
        ("PORT", "70000", "is not a whole number from 0 to 65535"),
        ("MODE", "test", "is not one of production, development, demo"),
        ("LOG_LEVEL", "loud", "is not one of debug"),
        ("CLIENTS", "/no/such/file", "names no file"),
        ("BASE_URL", "example.org", "is not an http(s) address"),
        ("MAX_BODY_BYTES", "1", "is not a whole number from 1024"),
    ],
)
def test_it_names_a_bad_value(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        read_settings({"LIVER_CDS_MODE": "development", PREFIX + name: value})
    assert words in str(caught.value)


def test_it_names_an_unknown_variable() -> None:
    with pytest.raises(SettingsError, match="LIVER_CDS_PROT: no such setting"):
        read_settings({"LIVER_CDS_MODE": "development", "LIVER_CDS_PROT": "80"})


def test_it_names_every_problem_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"LIVER_CDS_PORT": "x", "LIVER_CDS_WORKERS": "y", "LIVER_CDS_NONE": "z"})
    assert str(caught.value).count("\n") == 2


@pytest.mark.reliability(21)
def test_it_refuses_calls_without_token_beyond_loopback() -> None:
    with pytest.raises(SettingsError, match="LIVER_CDS_HOST"):
        read_settings({"LIVER_CDS_MODE": "demo", "LIVER_CDS_HOST": "0.0.0.0"})


def test_it_refuses_production_without_clients() -> None:
    with pytest.raises(SettingsError, match="LIVER_CDS_CLIENTS"):
        read_settings({})


def test_it_documents_every_setting() -> None:
    page = Path(__file__).parents[1] / "docs" / "settings.md"
    assert page.read_text(encoding="utf-8") == settings_markdown()


def test_it_refuses_production_without_its_public_address(tmp_path: Path) -> None:
    clients = tmp_path / "clients.yaml"
    clients.write_text("clients: {a: {}}", encoding="utf-8")
    with pytest.raises(SettingsError, match="LIVER_CDS_BASE_URL"):
        read_settings({"LIVER_CDS_CLIENTS": str(clients)})


def test_it_reads_a_secret_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("sqlite:////srv/records.sqlite\n", encoding="utf-8")
    settings = read_settings({"LIVER_CDS_MODE": "development", "LIVER_CDS_DATABASE_URL_FILE": str(file)})
    assert settings.database_url == "sqlite:////srv/records.sqlite"
    assert "records.sqlite" not in repr(settings)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DATABASE_URL": "mysql://a:SECRET@b/c"}, "is not an address that begins with postgresql:// or sqlite:///"),
        ({"DATABASE_URL": "SECRET"}, "is not a database address"),
        ({"DATABASE_URL_FILE": "/no/such/file"}, "cannot be read from the file that LIVER_CDS_DATABASE_URL_FILE names"),
        ({"DATABASE_URL": "sqlite:///SECRET", "DATABASE_URL_FILE": "/x"}, "and LIVER_CDS_DATABASE_URL_FILE are both"),
        ({"PATIENT_KEY_FILE": "/no/such/file"}, "LIVER_CDS_PATIENT_KEY_FILE: '/no/such/file' names no file"),
        ({"RETENTION_DAYS": "-1"}, "is not a whole number from 0"),
        ({"PORT_FILE": "/x"}, "LIVER_CDS_PORT_FILE: no such setting"),
    ],
)
def test_it_names_a_bad_place_for_records_and_prints_no_secret(variables: dict[str, str], words: str) -> None:
    given = {PREFIX + name: value for name, value in variables.items()}
    with pytest.raises(SettingsError) as caught:
        read_settings({"LIVER_CDS_MODE": "development", **given})
    assert words in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_it_refuses_a_short_patient_key(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("short", encoding="utf-8")
    with pytest.raises(SettingsError, match="fewer than 32 characters"):
        read_settings({"LIVER_CDS_MODE": "development", "LIVER_CDS_PATIENT_KEY_FILE": str(file)})


def test_it_says_which_extra_postgresql_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.setting_kinds.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"liver-cds\[postgres\]"):
        read_settings({"LIVER_CDS_MODE": "development", "LIVER_CDS_DATABASE_URL": "postgresql://a/b"})
