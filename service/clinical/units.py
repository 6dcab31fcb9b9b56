"""Units: one closed table per quantity, dirty spellings included. Anything else is not understood, never a guess.

Knows no FHIR. `units.csv` takes every spelling to the unit of its family, `unit_families.csv` a family to the unit of
facts.csv. Families are mass and moles: scores with cut-offs in both judge a value in the family it was reported in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources

from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.dictionary import FACTS

NOT_UNDERSTOOD = "unit not understood"
NO_UNIT = "no unit"
DISAGREE = "unit text and unit code disagree"


class UnitError(ValueError):
    """A number whose unit cannot be used; the message says why, without the number."""


@dataclass(frozen=True, slots=True)
class Family:
    """Units that are one another's multiples for every substance: "mg/dL" for mass, "umol/L" for moles.

    `multiply` and `divide` take its unit to the fact's; `approximate`: the factor depends on the assay."""

    unit: str
    multiply: Decimal = Decimal(1)
    divide: Decimal = Decimal(1)
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class _Spelling:
    family: Family
    multiply: Decimal
    divide: Decimal


def to_canonical(fact: str, value: Decimal, unit: str) -> Decimal | None:
    """`value` in the unit of facts.csv; None: unit not understood. An empty unit is understood only for plain numbers.

    KeyError for a name that is neither a fact nor an input of computed facts.
    """
    spelling = _spelling(fact, unit)
    if spelling is None:
        return None
    family = spelling.family
    return value * (spelling.multiply * family.multiply) / (spelling.divide * family.divide)


def in_family(fact: str, value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """`value` in the unit of the family it was reported in ("41 umol/L" stays 41, "umol/L"); None: not understood."""
    spelling = _spelling(fact, unit)
    return None if spelling is None else (value * spelling.multiply / spelling.divide, spelling.family.unit)


def unit_family(fact: str, unit: str) -> Family | None:
    spelling = _spelling(fact, unit)
    return None if spelling is None else spelling.family


def from_quantity(fact: str, value: Decimal, *, code: str = "", text: str = "") -> Decimal:
    """The value of a quantity in the unit of facts.csv. `code`: its UCUM code, empty when its system is another one.

    The code counts before the text; UnitError when it is not understood, or when both are and disagree.
    """
    by_text = to_canonical(fact, value, text)
    if not code.strip():
        if by_text is None:
            raise UnitError(NOT_UNDERSTOOD if text.strip() else NO_UNIT)
        return by_text
    by_code = by_text if code == text else to_canonical(fact, value, code)
    if by_code is None:
        raise UnitError(NOT_UNDERSTOOD)
    if text.strip() and by_text is not None and by_text != by_code:
        raise UnitError(DISAGREE)
    return by_code


def plausible(fact: str, canonical: Decimal) -> bool:
    """Whether the value lies within the range of facts.csv, bounds included."""
    definition = FACTS[fact]
    above = definition.minimum is None or canonical >= definition.minimum
    return above and (definition.maximum is None or canonical <= definition.maximum)


_POWER = re.compile(r"\bx?10(?:\*\*|\^|e|\*|\((?=\d+\)))(\d+)\)?")
_MICRO = re.compile(r"mc(?=l\b|g\b|mol\b)")


def fold(unit: str) -> str:
    """What spellings of one unit share: case and blanks do not count, nor how micro and powers of ten are written."""
    bare = "".join(unit.split()).replace("µ", "u").replace("μ", "u").casefold()
    return _MICRO.sub("u", _POWER.sub(r"10*\1", bare)).replace("²", "2")


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for fact in row["facts"].split(";"):
            yield {**row, "fact": fact}


_FAMILIES = {
    (row["fact"], row["family"]): Family(
        row["family"], Decimal(row["multiply"]), Decimal(row["divide"]), row["approximate"] == "true"
    )
    for row in _rows("unit_families.csv")
}


def _tables() -> dict[str, dict[str, _Spelling]]:
    found: dict[str, dict[str, _Spelling]] = {}
    for row in _rows("units.csv"):
        family = _FAMILIES.get((row["fact"], row["family"]), Family(row["family"]))
        spelling = _Spelling(family, Decimal(row["multiply"]), Decimal(row["divide"]))
        found.setdefault(row["fact"], {}).update(dict.fromkeys(row["units"].split(";"), spelling))
    return found


_TABLES = _tables()


def _spelling(fact: str, unit: str) -> _Spelling | None:
    """None: not understood. KeyError for a name that nobody defines."""
    if fact in FACTS or fact in AUXILIARY:
        try:
            return _understood(fact, unit)
        except KeyError:
            return None
    raise KeyError(fact)


@lru_cache(maxsize=4096)
def _understood(fact: str, unit: str) -> _Spelling:
    """KeyError otherwise, which is not remembered: no text of a record that is no unit stays here."""
    return _spellings(fact)[fold(unit)]


@cache
def _spellings(fact: str) -> dict[str, _Spelling]:
    """By folded spelling: the fact's own table first, then that of its unit, then its unit as facts.csv spells it."""
    unit = FACTS[fact].unit if fact in FACTS else AUXILIARY[fact].unit
    own = {fold(unit): _Spelling(Family(unit), Decimal(1), Decimal(1))} if unit else {}
    return {**own, **_TABLES.get(f"unit:{unit}", {}), **_TABLES.get(fact, {})}
