"""Numbers with unit and comparator become a value or an interval in the fact's canonical unit. Never guesses a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from service.clinical.units import UnitError, fold, from_quantity
from service.clinical.values import Interval
from service.fhir import found as say
from service.fhir.definitions import DEFINITIONS
from service.fhir.found import Found

_TEXT = re.compile(
    r"\s*(?P<comparator><=|>=|<|>|≤|≥)?\s*(?P<number>[+-]?\d{1,12}(?:\.\d{1,12})?)"
    r"\s*(?P<unit>(?<=\s)10[*^]\d[^\d\s]\S{0,20}|[^\d\s.,:;/-].{0,30})?\s*"
)
_SIGNS = {"≤": "<=", "≥": ">="}
_COMPARATORS = frozenset({"<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class Measured:
    """A number as reported: `unit` is its text, `code` its UCUM code. `bare`: its element has no place for a unit."""

    value: Decimal
    unit: str = ""
    comparator: str = ""
    code: str = ""
    bare: bool = False

    @property
    def text(self) -> str:
        return f"{self.comparator}{self.value} {self.unit or self.code}".rstrip()

    @property
    def has_unit(self) -> bool:
        return bool(self.unit or self.code)


def from_text(text: str) -> Measured | None:
    """ "<0.2 mg/dL" and the like; None for anything that is not plainly one number ("0-5", "1,200", "see note")."""
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    sign = match["comparator"] or ""
    return Measured(Decimal(match["number"]), (match["unit"] or "").strip(), _SIGNS.get(sign, sign))


def number(name: str, measured: Measured) -> Found:
    """The value in the unit of facts.csv, or an interval for a comparator, or the problem."""
    if measured.comparator and measured.comparator not in _COMPARATORS:
        return say.problem("comparator not understood", measured.text)
    try:
        value = from_quantity(name, measured.value, code=measured.code, text=measured.unit)
    except UnitError as error:
        return say.problem(str(error), measured.text)
    found = _judged(name, measured, value)
    return found if found.problem or found.reported or _is_canonical(name, measured) else _as_reported(found, measured)


def _is_canonical(name: str, measured: Measured) -> bool:
    unit = DEFINITIONS[name].unit
    if unit == "1" or unit.startswith("{"):
        return True
    written = measured.unit or measured.code
    return not measured.has_unit or written == unit or fold(written) == fold(unit)


def _as_reported(found: Found, measured: Measured) -> Found:
    return replace(found, reported=measured.text)


def _judged(name: str, measured: Measured, value: Decimal) -> Found:
    definition = DEFINITIONS[name]
    below = definition.minimum is not None and value < definition.minimum
    above = definition.maximum is not None and value > definition.maximum
    if (below and not measured.comparator.startswith("<")) or (above and not measured.comparator.startswith(">")):
        return say.problem(say.IMPLAUSIBLE, measured.text)
    if measured.comparator:
        return Found(interval=_interval(measured.comparator, value), reported=measured.text)
    if definition.type == "integer" and value != value.to_integral_value():
        return say.problem("value is not a whole number", measured.text)
    return say.one(value)


def _interval(comparator: str, value: Decimal) -> Interval:
    included = comparator.endswith("=")
    if comparator.startswith("<"):
        return Interval(None, value, high_included=included)
    return Interval(value, None, low_included=included)


def between(name: str, low: Measured | None, high: Measured | None) -> Found:
    """A range of values, as an interval; a problem if either end cannot be understood."""
    ends = [end for end in (low, high) if end is not None]
    read = [number(name, end) for end in ends]
    broken = next((found for found in read if found.problem), None)
    if broken is not None or not ends:
        return broken or say.problem(say.NO_VALUE)
    first = read[0].values[0] if low is not None and read[0].values else None
    last = read[-1].values[0] if high is not None and read[-1].values else None
    if not isinstance(first, Decimal | None) or not isinstance(last, Decimal | None):
        return say.problem(say.NOT_A_NUMBER)
    return Found(interval=Interval(first, last), reported=" to ".join(end.text for end in ends))
