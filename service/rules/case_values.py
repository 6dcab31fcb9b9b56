"""Reads what a case says of one fact: "30.1 Gy", a word, true, false, `unknown`, a comparator, or a mapping."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from service.clinical.dictionary import FACTS, FactDefinition
from service.clinical.units import to_canonical
from service.clinical.values import NEVER, Fact, Interval, Origin, State, known, unknown
from service.rules.cells import Cell
from service.rules.literals import NUMBER, UNITLESS

UNKNOWN = "unknown"
_QUANTITY = re.compile(
    rf"(?P<comparator><=|>=|<|>)?\s*(?P<number>{NUMBER.pattern})(?:\s+(?P<unit>\S.*)|(?P<close>[^\s\d.].*))?"
)
_KEYS = ("value", "age", "status", "verification")
_STATUSES = ("final", "amended", "corrected", "preliminary", "registered", "cancelled", "entered-in-error", "unknown")
_USED_STATUSES = frozenset({"final", "amended", "corrected", "preliminary"})
_VERIFICATIONS = ("confirmed", "unconfirmed", "provisional", "differential", "refuted", "entered-in-error")


def read_fact(cell: Cell, name: str, on: date) -> Fact:
    """The fact that `cell` states for a case on day `on`; what cannot be read is refused at its place."""
    definition = FACTS[name]
    if cell.is_scalar:
        return _value(cell, definition, on)
    table = cell.table(_KEYS)
    if "value" not in table:
        cell.refuse("a value is needed", "", _KEYS)
        return unknown(name)
    return _qualified(_value(table["value"], definition, _observed(table.get("age"), on)), table, on)


def _observed(age: Cell | None, on: date) -> date:
    if age is None:
        return on
    text = age.text().removesuffix(" d").removesuffix(" days")
    if re.fullmatch(r"-?\d{1,5}", text) is None:
        age.refuse("an age is a whole number of days", text)
        return on
    return on - timedelta(days=int(text))


def _qualified(fact: Fact, table: dict[str, Cell], on: date) -> Fact:
    """What the reader of records would make of date, status and verification."""
    status = table["status"].word(_STATUSES, "unknown status") if "status" in table else "final"
    verification = table["verification"].word(_VERIFICATIONS) if "verification" in table else "confirmed"
    if fact.on is not None and fact.on > on:
        return fact.as_unknown("dated in the future")
    if status not in _USED_STATUSES:
        return unknown(fact.name, f"status {status}")
    if verification != "confirmed":
        return unknown(fact.name, f"verification {verification}")
    return fact._replace(preliminary=True) if status == "preliminary" else fact


def _value(cell: Cell, definition: FactDefinition, on: date) -> Fact:
    text = cell.text()
    if text == UNKNOWN and UNKNOWN not in definition.values:
        return unknown(definition.name)._replace(origin=Origin.COMPUTED)
    if definition.type == "boolean":
        return known(definition.name, cell.flag(), on=on, origin=Origin.READ)
    if definition.type == "coded":
        word = cell.word(definition.values, f"not a value of {definition.name}")
        return known(definition.name, word, on=on) if word else unknown(definition.name)
    if text == "never" and definition.type == "date_age":
        return known(definition.name, NEVER, unit=definition.unit, on=on)
    return _quantity(cell, text, definition, on)


def _quantity(cell: Cell, text: str, definition: FactDefinition, on: date) -> Fact:
    match = _QUANTITY.fullmatch(text)
    if match is None:
        cell.refuse(f"{definition.name} is a number with its unit", text)
        return unknown(definition.name)
    unit = match["unit"] or match["close"] or definition.unit
    value = to_canonical(definition.name, Decimal(match["number"]), unit)
    if value is None and unit == definition.unit:
        value = Decimal(match["number"])
    if value is None:
        return unknown(definition.name, f"unit not understood: {unit}")
    reported = None if unit == definition.unit or unit in UNITLESS else text
    if match["comparator"]:
        interval = interval_of(match["comparator"], value)
        return Fact(definition.name, State.INTERVAL, interval=interval, unit=definition.unit, reported=reported, on=on)
    fact = known(definition.name, value, unit=definition.unit, reported=reported, on=on)
    return fact if plausible(value, definition) else fact.as_unknown("implausible value")


def plausible(value: Decimal, definition: FactDefinition) -> bool:
    low, high = definition.minimum, definition.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def interval_of(comparator: str, value: Decimal) -> Interval:
    included = "=" in comparator
    if comparator.startswith("<"):
        return Interval(high=value, high_included=included)
    return Interval(low=value, low_included=included)
