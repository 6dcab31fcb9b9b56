"""Types the scalars of comparisons and thresholds by the dictionary of facts: numbers with their unit."""

from __future__ import annotations

import re
from decimal import Decimal

from service.clinical.dictionary import FactDefinition
from service.rules.cells import Cell

NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?")
_QUANTITY = re.compile(rf"(?P<number>{NUMBER.pattern})(?:\s+(?P<unit>\S.*))?")
UNITLESS = frozenset({"", "1"})


def number(cell: Cell, definition: FactDefinition) -> Decimal | None:
    """The number of `cell` in the fact's unit; None if its text is no number (a threshold's name, perhaps)."""
    match = _QUANTITY.fullmatch(cell.text())
    if match is None:
        return None
    unit = match["unit"]
    if unit is not None and unit != definition.unit:
        cell.refuse(f"unit of {definition.name} is {definition.unit or 'none'}", unit, filter_unit(definition))
    return whole(Decimal(match["number"]), cell, definition)


def whole(value: Decimal, cell: Cell, definition: FactDefinition) -> Decimal:
    if definition.type == "integer" and value != value.to_integral_value():
        cell.refuse(f"{definition.name} is a whole number", str(value))
    return value


def filter_unit(definition: FactDefinition) -> tuple[str, ...]:
    return (definition.unit,) if definition.unit else ()


def plain_number(cell: Cell) -> Decimal:
    """A number without unit; zero after a problem."""
    text = cell.text()
    if NUMBER.fullmatch(text):
        return Decimal(text)
    if text:
        cell.refuse("a number is needed here", text)
    return Decimal(0)
