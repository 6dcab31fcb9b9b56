"""Files that change while the service runs: the last good ones are kept, whatever happens to the originals."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.clients import ClientsError
from service.reload import keep, kept_files, on_reload
from service.settings import Settings, read_settings

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GOOD, OTHER, BAD = "clients: {a: {}}\n", "clients: {b: {}}\n", "clients: {a: {tittle: x}}\n"


@pytest.fixture
def variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    given = {
        "LIVER_CDS_MODE": "development",
        "LIVER_CDS_DATA_DIR": str(tmp_path / "data"),
        "LIVER_CDS_CLIENTS": str(tmp_path / "clients.yaml"),
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return given


def _settings(variables: dict[str, str], text: str) -> Settings:
    Path(variables["LIVER_CDS_CLIENTS"]).write_text(text, encoding="utf-8")
    return read_settings(variables)


def _kept(variables: dict[str, str]) -> str:
    return Path(kept_files(variables)["clients"]).read_text(encoding="utf-8")


def test_it_keeps_a_copy_of_a_good_file(variables: dict[str, str]) -> None:
    keep(_settings(variables, GOOD), NOW)
    assert _kept(variables) == GOOD


def test_it_has_no_copy_before_and_none_of_files_that_are_not_named(variables: dict[str, str]) -> None:
    assert kept_files(variables) == {}
    keep(_settings(variables, GOOD), NOW)
    assert kept_files({"LIVER_CDS_DATA_DIR": variables["LIVER_CDS_DATA_DIR"]}) == {}


def test_it_keeps_the_old_copy_and_names_the_place_of_what_is_bad(variables: dict[str, str]) -> None:
    keep(_settings(variables, GOOD), NOW)
    with pytest.raises(ClientsError, match=r"clients\.yaml: .*tittle"):
        keep(_settings(variables, BAD), NOW)
    assert _kept(variables) == GOOD
    assert [path.name for path in Path(variables["LIVER_CDS_DATA_DIR"]).iterdir()] == ["clients.in-force.yaml"]


@pytest.mark.parametrize("text", [BAD, "clients: {", "", None])
def test_it_survives_a_reload_with_a_bad_file(
    variables: dict[str, str], text: str | None, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Its line goes to the service's own handler once that is set up, and up to the root before."""
    keep(_settings(variables, GOOD), NOW)
    path = Path(variables["LIVER_CDS_CLIENTS"])
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    on_reload(object())
    assert _kept(variables) == GOOD
    assert "old files stay in force" in capsys.readouterr().err + caplog.text


def test_it_takes_a_good_file_at_reload(variables: dict[str, str]) -> None:
    keep(_settings(variables, GOOD), NOW)
    _settings(variables, OTHER)
    on_reload(object())
    assert _kept(variables) == OTHER
