"""Checks that ids are unique across files and that `replaces` names existing rows without going round in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from service.rules.problems import Place, Problem
from service.rules.sources import CriterionRow, Library


def identity_problems(library: Library) -> Iterator[Problem]:
    rows: dict[str, CriterionRow] = {}
    for file in library.files:
        for row in file.criteria:
            name = row.criterion.id
            if name in rows:
                yield Problem(row.place, f"duplicate criterion id, first at {rows[name].place}", name)
            elif name:
                rows[name] = row
    yield from _file_ids(library)
    for row in rows.values():
        yield from _replaced(row, rows)


def _file_ids(library: Library) -> Iterator[Problem]:
    for name in library.modules.keys() & library.therapies.keys():
        yield Problem(library.therapies[name].place, "a therapy and a module have the same id", name)


def _replaced(row: CriterionRow, rows: Mapping[str, CriterionRow]) -> Iterator[Problem]:
    for name, place in row.replaces:
        if name not in rows:
            yield Problem(place, "replaces an unknown criterion", name, tuple(rows))
        elif row.criterion.id in _reached(name, rows):
            yield _circle(row, name, place)


def _circle(row: CriterionRow, name: str, place: Place) -> Problem:
    return Problem(place, f"{row.criterion.id} and {name} replace each other", name)


def _reached(start: str, rows: Mapping[str, CriterionRow]) -> set[str]:
    """Ids that `start` replaces, directly or through others, itself included."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in rows and name not in reached:
            reached.add(name)
            waiting += rows[name].criterion.replaces
    return reached
