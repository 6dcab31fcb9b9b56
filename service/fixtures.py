"""Fixtures: synthetic patients with hook requests and golden answers. Finds and reads them; judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from service.rules.cells import read_cell
from service.rules.problems import KnowledgeError, Place, Problem

HOOKS = ("order-select", "order-sign")
MANIFEST = "manifest.json"
"""What counts a cohort's fixtures beside their folders"""
_KEYS = ("title", "why", "as_of", "expect")


@dataclass(frozen=True, slots=True)
class Fixture:
    """One folder. `expect`: order reference -> decision status, or the reason why it is not judged."""

    folder: Path
    title: str
    why: str
    as_of: date
    expect: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Exchange:
    """A hook request in a file, the golden answer beside it (whether or not it exists), and the day it belongs to."""

    request: Path
    golden: Path
    as_of: date | None

    @property
    def name(self) -> str:
        return f"{self.request.parent.name}/{self.request.stem}"


def packaged_fixtures() -> Path:
    """The folder of fixtures that travels with the package."""
    return Path(str(resources.files("fixtures")))


def demo_clients() -> Path:
    """The clients file of demo and development mode."""
    return packaged_fixtures() / "clients.yaml"


def read_fixture(folder: Path) -> Fixture:
    """Raises KnowledgeError naming the place in fixture.yaml."""
    problems: list[Problem] = []
    file = f"{folder.name}/fixture.yaml"
    root = read_cell(folder / "fixture.yaml", file, problems)
    rows = root.table(_KEYS) if root else {}
    for key in _KEYS:
        if key not in rows and not problems:
            problems.append(Problem(Place(file), "missing key", key, _KEYS))
    if problems:
        raise KnowledgeError(problems)
    try:
        as_of = date.fromisoformat(rows["as_of"].text())
    except ValueError as error:
        raise KnowledgeError([Problem(rows["as_of"].place, "is no date (2026-11-22)")]) from error
    expect = {order: cell.text() for order, cell in rows["expect"].table().items()}
    return Fixture(folder, rows["title"].text(), rows["why"].text(), as_of, expect)


def find_fixtures(root: Path) -> Iterator[Fixture]:
    """Every fixture at or below `root`, by path."""
    for path in sorted(root.rglob("fixture.yaml")):
        yield read_fixture(path.parent)


def find_exchanges(root: Path) -> Iterator[Exchange]:
    """Every hook request at or below `root`: of a fixture its two, elsewhere every JSON that is no golden answer."""
    if root.is_file():
        yield _exchange(root, None)
        return
    fixtures = {fixture.folder: fixture for fixture in find_fixtures(root)}
    for path in sorted(root.rglob("*.json")):
        fixture = fixtures.get(path.parent)
        if path.name == MANIFEST or path.name.endswith(".answer.json") or (fixture and path.stem not in HOOKS):
            continue
        yield _exchange(path, fixture.as_of if fixture else None)


def _exchange(request: Path, as_of: date | None) -> Exchange:
    if as_of is None and (request.parent / "fixture.yaml").is_file():
        as_of = read_fixture(request.parent).as_of
    return Exchange(request, request.with_name(f"{request.stem}.answer.json"), as_of)
