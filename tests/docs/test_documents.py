"""The documentation says what is: links lead somewhere, examples work, the card is the one that comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cards.render import as_text
from service.cli import main
from service.cli.demo import cards_of
from service.clients import load_clients
from service.rules.loader import load
from service.thresholds.in_force import in_force

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)[^)]*\)")
_COMMAND = re.compile(r"`liver-cds ([a-z-]+)(?: ([a-z]+))?")
_CARD = re.compile(r"<!-- card: (\S+) -->\n```\n(.*?)```\n<!-- end of card -->", re.DOTALL)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _example(page: str) -> str:
    found = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_it_links_to_what_exists(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_it_names_commands_that_exist(page: Path) -> None:
    for command, sub in _COMMAND.findall(page.read_text(encoding="utf-8")):
        found = main.commands.get(command)
        assert found is not None, command
        assert not sub or not hasattr(found, "commands") or sub in found.commands, f"{command} {sub}"


def test_it_shows_the_card_that_comes_back() -> None:
    shown = _CARD.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown
    golden = ROOT / "fixtures" / shown[1] / "order-select.answer.json"
    cards = cards_of(golden.read_bytes())
    assert shown[2].strip() == "\n".join(as_text(card).strip() for card in cards)


def test_it_shows_a_thresholds_file_that_works(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(_example("thresholds.md"), encoding="utf-8")
    assert in_force(load(), path).id != in_force(load(), None).id


def test_it_shows_a_clients_file_that_works(tmp_path: Path) -> None:
    path = tmp_path / "clients.yaml"
    path.write_text(_example("clients.md"), encoding="utf-8")
    assert load_clients(path, frozenset(load().therapies))["ward-ehr"].issuer == "https://ehr.example.org"


@pytest.mark.parametrize("command", sorted(main.commands))
def test_it_helps_with_every_command(command: str, runner: CliRunner) -> None:
    answer = runner.invoke(main, [command, "--help"])
    assert answer.exit_code == 0
    assert "Usage: main " + command in answer.output or "Usage: liver-cds " + command in answer.output
