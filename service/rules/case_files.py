"""Reads the cases of a folder: bases.yaml with its patients, and the lists of cases beside it. Runs nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from service.clinical.dictionary import FACTS
from service.clinical.values import Fact
from service.rules.case_values import UNKNOWN, read_fact
from service.rules.cells import Cell, read_cell
from service.rules.decision import Status
from service.rules.problems import KnowledgeError, Place, Problem

BASES = "bases.yaml"
MAPPING = "-mapping"
"""Suffix of the order for the mapping angiogram of a therapy."""
_KEYS = ("case", "order", "on", "base", "given", "expect", "because", "alternatives", "without", "facts")
_NEEDED = ("case", "order", "on", "expect")
_STATUSES = tuple(status.word for status in Status)


@dataclass(frozen=True, slots=True)
class Expected:
    """`facts`: name -> the set of possible values as the case writes them, None where no single value may be given."""

    statuses: tuple[str, ...]
    because: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...] | None] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence with a patient, an order and what must come out. `named` are the facts that `given` names itself."""

    name: str
    place: Place
    order: str
    on: date
    facts: Mapping[str, Fact]
    named: frozenset[str]
    expected: Expected

    @property
    def therapy(self) -> str:
        return self.order.removesuffix(MAPPING)

    @property
    def phase(self) -> str:
        return "mapping" if self.order.endswith(MAPPING) else "therapy"


@dataclass(frozen=True, slots=True)
class _Base:
    extends: str
    facts: dict[str, Cell]


def read_cases(folder: Path, therapies: tuple[str, ...]) -> list[Case]:
    """Every case of every *.yaml in `folder`; raises KnowledgeError with all that cannot be read."""
    problems: list[Problem] = []
    bases = _bases(folder, problems)
    cases: list[Case] = []
    for path in sorted(folder.glob("*.yaml")):
        root = None if path.name == BASES else read_cell(path, path.name, problems)
        rows = [] if root is None else root.cells()
        cases += [_case(row, row.table(_KEYS), bases, therapies) for row in rows]
    if problems:
        raise KnowledgeError(problems)
    return cases


def _bases(folder: Path, problems: list[Problem]) -> dict[str, _Base]:
    root = read_cell(folder / BASES, BASES, problems) if (folder / BASES).exists() else None
    return {} if root is None else _extended({name: _base(body) for name, body in root.table().items()}, root)


def _base(body: Cell) -> _Base:
    """`{extends: other, facts: {…}}`; the facts may also stand directly under the name."""
    table = body.table()
    extends = table.pop("extends").text() if "extends" in table else ""
    return _Base(extends, table["facts"].table(FACTS) if "facts" in table else body.table((*FACTS, "extends")))


def _extended(bases: dict[str, _Base], root: Cell) -> dict[str, _Base]:
    whole: dict[str, _Base] = {}
    for name in bases:
        chain: list[str] = []
        nearest = name
        while nearest and nearest not in chain and nearest in bases:
            chain.append(nearest)
            nearest = bases[nearest].extends
        if nearest:
            root.refuse(f"base {name} extends {nearest}: unknown, or a circle", nearest, tuple(bases))
        facts = {fact: cell for link in reversed(chain) for fact, cell in bases[link].facts.items() if fact in FACTS}
        whole[name] = _Base("", facts)
    return whole


def _case(row: Cell, table: dict[str, Cell], bases: dict[str, _Base], therapies: tuple[str, ...]) -> Case:
    for key in _NEEDED:
        if key not in table:
            row.refuse(f"case without {key}", "", _NEEDED)
    on = _date(table["on"]) if "on" in table else date.min
    order = table["order"].text() if "order" in table else ""
    therapy = order.removesuffix(MAPPING)
    if "order" in table and therapy not in therapies:
        table["order"].refuse("unknown therapy", order, therapies)
    base = table["base"].word(tuple(bases), "unknown base") if "base" in table else ""
    given = table["given"].table(FACTS) if "given" in table else {}
    cells = {**(bases[base].facts if base else {}), **given}
    facts = {name: read_fact(cell, name, on) for name, cell in cells.items()}
    name = table["case"].text() if "case" in table else ""
    return Case(name, row.place, order, on, facts, frozenset(given), _expected(table))


def _date(cell: Cell) -> date:
    text = cell.text()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    cell.refuse("a date is needed, as in 2026-11-01", text)
    return date(2000, 1, 1)


def _expected(table: dict[str, Cell]) -> Expected:
    statuses = table["expect"].items() if "expect" in table else []
    return Expected(
        statuses=tuple(item.word(_STATUSES, "unknown status") for item in statuses),
        because=_words(table, "because"),
        alternatives=_words(table, "alternatives"),
        without=_words(table, "without"),
        facts=_facts(table["facts"]) if "facts" in table else None,
    )


def _words(table: dict[str, Cell], key: str) -> tuple[str, ...]:
    return table[key].words() if key in table else ()


def _facts(cell: Cell) -> dict[str, tuple[str, ...] | None]:
    expected: dict[str, tuple[str, ...] | None] = {}
    for name, value in cell.table(FACTS).items():
        words = value.words()
        expected[name] = None if words == (UNKNOWN,) else words
    return expected
