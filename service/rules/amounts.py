"""Writes numbers with their units in the clinic's spelling, those that a record reports included. Decides nothing."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

from service.clinical.units import fold
from service.clinical.values import NEVER

_UNITS = {
    "10*9/L": "×10⁹/L",
    "um": "µm",
    "umol/L": "µmol/L",
    "1": "",
    "{score}": "",
    "{class}": "",
    "{grade}": "",
    "{xULN}": "× ULN",
    "mm[Hg]": "mmHg",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "mg/m2": "mg/m²",
    "mL/m2": "mL/m²",
    "%/min/m2": "%/min/m²",
    "%/wk": "% per week",
    "mg/kg/d": "mg/kg per day",
}
_SPELLINGS = {fold(unit): text for unit, text in _UNITS.items()}
_COUNTED = {"d": "day", "wk": "week", "mo": "month", "a": "year"}
_MOST_DECIMALS = 6
_ROUNDED = Context(prec=5, rounding=ROUND_HALF_EVEN)
_REPORTED_UNIT = re.compile(r"(?<=\d) (\S+?)(?=\)?(?:\s|$))")


def digits(value: Decimal) -> str:
    """A number as recorded; one with more than six decimals (a quotient) rounded to five digits, for the eye alone."""
    if value == NEVER:
        return "never"
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        return f"{_ROUNDED.plus(value).normalize():f}"
    return f"{value:f}"


def number_text(value: Decimal, unit: str) -> str:
    """A number with its unit as the clinic writes it: "2.4 mg/dL", "41 days", "35%", "120 ×10⁹/L"."""
    if value == NEVER:
        return digits(value)
    if unit in _COUNTED:
        return f"{digits(value)} {_COUNTED[unit]}{'' if value == 1 else 's'}"
    if unit == "%":
        return f"{digits(value)}%"
    return f"{digits(value)} {_UNITS.get(unit, unit)}".rstrip()


def reported_text(text: str) -> str:
    """What a record reports, its units spelled as everywhere else: "41 umol/L" is "41 µmol/L", ">2.5 1" is ">2.5"."""
    return _REPORTED_UNIT.sub(lambda found: f" {_SPELLINGS.get(fold(found[1]), found[1])}".rstrip(), text)
