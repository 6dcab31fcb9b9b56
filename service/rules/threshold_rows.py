"""Reads the `thresholds:` of a file: a number with its range, or a choice with its choices."""

from __future__ import annotations

from decimal import Decimal

from service.rules.cells import Cell
from service.rules.literals import plain_number
from service.rules.model import Reference, Threshold
from service.rules.sources import ThresholdRow

_COMMON = ("title", "default", "label", "reference")
_KEYS = (*_COMMON, "unit", "range", "stricter", "choices")
_NEEDED = {"number": ("title", "default", "range", "stricter"), "choice": ("title", "default", "choices")}
_FOREIGN = {"number": (), "choice": ("unit", "range", "stricter")}


def read_thresholds(cell: Cell, file_id: str, references: dict[str, Reference]) -> dict[str, ThresholdRow]:
    rows: dict[str, ThresholdRow] = {}
    for name, body in cell.table().items():
        if "." in name:
            body.refuse_key("a threshold's name has no dot", name)
        rows[name] = _row(f"{file_id}.{name}", body, references)
    return rows


def _row(threshold_id: str, body: Cell, references: dict[str, Reference]) -> ThresholdRow:
    table = body.table(_KEYS)
    kind = "choice" if "choices" in table else "number"
    for key in _NEEDED[kind]:
        if key not in table:
            body.refuse_key(f"threshold without {key}", threshold_id.rpartition(".")[2], _NEEDED[kind])
    for key in _FOREIGN[kind]:
        if key in table:
            table[key].refuse_key("does not belong to a choice", key, (*_COMMON, "choices"))
    threshold = (
        _choice(threshold_id, table, references) if kind == "choice" else _number(threshold_id, table, references)
    )
    name = body if body.key is None else Cell(body.key, body.sheet)
    return ThresholdRow(threshold, name.place, table["unit"].place if "unit" in table else name.place)


def cited(cell: Cell | None, references: dict[str, Reference]) -> tuple[str, ...]:
    """Citation keys, each of references.yaml."""
    items = [] if cell is None else cell.items()
    return tuple(filter(None, (item.word(references, "citation is not in references.yaml") for item in items)))


def _title(table: dict[str, Cell]) -> str:
    return table["title"].text() if "title" in table else ""


def _number(threshold_id: str, table: dict[str, Cell], references: dict[str, Reference]) -> Threshold:
    default = plain_number(table["default"]) if "default" in table else Decimal(0)
    bounds = _range(table["range"], default, table.get("default")) if "range" in table else None
    return Threshold(
        id=threshold_id,
        title=_title(table),
        default=default,
        unit=table["unit"].text() if "unit" in table else "",
        range=bounds,
        stricter=table["stricter"].word(("lower", "higher")) if "stricter" in table else "",
        label="label" in table and table["label"].flag(),
        reference=cited(table.get("reference"), references),
    )


def _range(cell: Cell, default: Decimal, default_cell: Cell | None) -> tuple[Decimal, Decimal] | None:
    bounds = [plain_number(item) for item in cell.cells()]
    if len(bounds) != 2 or bounds[0] > bounds[1]:
        cell.refuse("a range is two numbers, the lower one first")
        return None
    if default_cell is not None and not bounds[0] <= default <= bounds[1]:
        default_cell.refuse(f"default is outside its range {bounds[0]} to {bounds[1]}", str(default))
    return bounds[0], bounds[1]


def _choice(threshold_id: str, table: dict[str, Cell], references: dict[str, Reference]) -> Threshold:
    choices = table["choices"].words()
    if len(set(choices)) < len(choices) or len(choices) < 2:
        table["choices"].refuse("at least two different choices are needed")
    return Threshold(
        id=threshold_id,
        title=_title(table),
        default=table["default"].word(choices, "default is not one of the choices") if "default" in table else "",
        choices=choices,
        label="label" in table and table["label"].flag(),
        reference=cited(table.get("reference"), references),
    )
