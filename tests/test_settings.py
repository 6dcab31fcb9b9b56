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
