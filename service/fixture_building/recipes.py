"""The committed fixtures as recipes (recipes.yaml): which patient, what differs, which orders, what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from cds_hooks.json import BadJsonError, decode
from service.codes.own import THERAPIES_SYSTEM
from service.fixture_building.build import Answers
from service.fixture_building.given import NAMES
from service.fixture_building.orders import OrderCode
from service.rules.cells import Cell, read_cell
from service.rules.problems import KnowledgeError, Problem

FILE = "recipes.yaml"
_KEYS = ("title", "why", "as_of", "therapy", "patient", "usual", "given", "without", "answers", "orders", "edits",
         "expect")  # fmt: skip
_NEEDED = ("title", "why", "as_of", "therapy", "expect")
_ORDER_KEYS = ("code", "system", "text", "liver", "selected", "kind")


@dataclass(frozen=True, slots=True)
class Recipe:
    """`therapy` names whose favourable patient it starts from, unless `patient` names one; `usual` keeps of him only
    what records hold in standard codes. `edits`: "Type/id" to elements that replace the resource's own."""

    name: str
    title: str
    why: str
    as_of: date
    therapy: str
    patient: str
    usual: bool
    given: Mapping[str, str]
    without: tuple[str, ...]
    answers: Answers
    orders: tuple[OrderCode, ...]
    edits: Mapping[str, Mapping[str, object]]
    expect: Mapping[str, str]


def packaged_recipes() -> dict[str, Recipe]:
    """Raises KnowledgeError naming the place of everything wrong."""
    problems: list[Problem] = []
    root = read_cell(Path(str(resources.files(__package__))) / FILE, FILE, problems)
    found = {name: _recipe(name, cell) for name, cell in (root.table() if root is not None else {}).items()}
    if problems:
        raise KnowledgeError(problems)
    return {name: recipe for name, recipe in found.items() if recipe is not None}


def _recipe(name: str, cell: Cell) -> Recipe | None:
    row = cell.table(_KEYS)
    missing = [key for key in _NEEDED if key not in row]
    if missing:
        cell.refuse(f"recipe without {', '.join(missing)}", "", _NEEDED)
        return None
    therapy = row["therapy"].text()
    return Recipe(
        name=name, title=row["title"].text(), why=row["why"].text(), as_of=_day(row["as_of"]), therapy=therapy,
        patient=_text(row, "patient"), usual="usual" in row and row["usual"].flag(),
        given={fact: value.text() for fact, value in (row["given"].table(NAMES) if "given" in row else {}).items()},
        without=row["without"].words() if "without" in row else (),
        answers=Answers(row["answers"].word([*Answers]) or "mixed") if "answers" in row else Answers.MIXED,
        orders=_orders(row["orders"]) if "orders" in row else (OrderCode(therapy),),
        edits={place: _json(edit) for place, edit in (row["edits"].table() if "edits" in row else {}).items()},
        expect={order: status.text() for order, status in row["expect"].table().items()},
    )  # fmt: skip


def _text(row: Mapping[str, Cell], key: str) -> str:
    return row[key].text() if key in row else ""


def _day(cell: Cell) -> date:
    try:
        return date.fromisoformat(cell.text())
    except ValueError:
        cell.refuse("is no date (2026-11-22)")
        return date.min


def _orders(cell: Cell) -> tuple[OrderCode, ...]:
    return tuple(_order(item.table(_ORDER_KEYS)) for item in cell.cells())


def _order(row: Mapping[str, Cell]) -> OrderCode:
    return OrderCode(
        code=_text(row, "code"),
        system=_text(row, "system") or THERAPIES_SYSTEM,
        text=_text(row, "text"),
        liver="liver" in row and row["liver"].flag(),
        kind=_text(row, "kind") or "ServiceRequest",
        selected="selected" not in row or row["selected"].flag(),
    )


def _json(cell: Cell) -> Mapping[str, object]:
    try:
        return decode(cell.text().encode(), dict[str, object])
    except BadJsonError as error:
        cell.refuse(f"is no JSON object: {error}")
        return {}
