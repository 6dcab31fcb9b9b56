"""One fact as a person writes it: "41 umol/L", "refractory", "true", "1.3 @2026-09-12" (the day of the value)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.derived.registry import Precedence
from service.clinical.derived.rules import RULES
from service.clinical.dictionary import FACTS
from service.clinical.units import to_canonical
from service.codes.own import NEVER
from service.rules.problems import KnowledgeError, Place, Problem

NAMES = tuple(sorted({*FACTS, *AUXILIARY}))
_NUMBER = re.compile(r"(?P<comparator><=|>=|<|>)?\s*(?P<number>-?\d+(?:\.\d+)?)(?:\s+(?P<unit>\S.*))?")
_PLAIN = frozenset({"1", "{score}", "{class}", "{grade}", "{xULN}"})
_COMPUTED = {rule.fact: rule.inputs for rule in RULES if rule.precedence is Precedence.COMPUTED}


@dataclass(frozen=True, slots=True)
class Given:
    """`unit` as it was given, else the dictionary's; `on` is None where nobody named a day."""

    name: str
    value: bool | str | Decimal
    unit: str = ""
    comparator: str = ""
    on: date | None = None

    @property
    def number(self) -> Decimal:
        """TypeError for a fact that is no number."""
        if not isinstance(self.value, Decimal):
            raise TypeError(self.name)
        return self.value


def kind_of(name: str) -> str:
    """boolean | coded | number; `name` must be one of NAMES."""
    if name in FACTS:
        return {"boolean": "boolean", "coded": "coded"}.get(FACTS[name].type, "number")
    row = AUXILIARY[name]
    return "coded" if row.values else "number" if row.unit else "boolean"


def unit_of(name: str) -> str:
    return FACTS[name].unit if name in FACTS else AUXILIARY[name].unit


def is_age(name: str) -> bool:
    """Whether the fact counts the days since a date."""
    return name in FACTS and FACTS[name].type == "date_age"


def read_all(facts: Mapping[str, str]) -> dict[str, Given]:
    """Raises KnowledgeError naming every fact that cannot be used, with its allowed values."""
    problems: list[Problem] = []
    found: dict[str, Given] = {}
    for name, text in facts.items():
        try:
            found[name] = read(name, text)
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    return found


def read(name: str, text: str) -> Given:
    """Raises KnowledgeError."""
    if name not in NAMES:
        raise refusal(name, "unknown fact", name, NAMES)
    if name in _COMPUTED:
        raise refusal(name, f"is computed; set what it is computed from: {', '.join(_COMPUTED[name])}")
    words, _, day = (part.strip() for part in text.partition("@"))
    on = _day(name, day) if day else None
    if words == NEVER and is_age(name):
        return Given(name, NEVER, on=on)
    match kind_of(name):
        case "boolean":
            return Given(name, _word(name, words, ("true", "false")) == "true", on=on)
        case "coded":
            return Given(
                name, _word(name, words, FACTS[name].values if name in FACTS else AUXILIARY[name].values), on=on
            )
    return _quantity(name, words, on)


def refusal(name: str, message: str, word: str = "", allowed: Iterable[str] = ()) -> KnowledgeError:
    return KnowledgeError([Problem(Place(f"fact {name}"), message, word, tuple(allowed))])


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise refusal(name, "the day after @ is no date (2026-11-22)", text) from error


def _word(name: str, word: str, allowed: Collection[str]) -> str:
    if word not in allowed:
        raise refusal(name, f"not a value of {name}", word, allowed)
    return word


def _quantity(name: str, text: str, on: date | None) -> Given:
    match = _NUMBER.fullmatch(text)
    unit = (match["unit"] if match else "") or unit_of(name)
    if match is None:
        raise refusal(name, f"a number is needed, with its unit if that is not {unit or 'none'}", text)
    value = Decimal(match["number"])
    canonical = value if unit == unit_of(name) else to_canonical(name, value, unit)
    if canonical is None:
        raise refusal(name, "unit not understood", unit, [unit_of(name)])
    low, high = (FACTS[name].minimum, FACTS[name].maximum) if name in FACTS else (None, None)
    if (low is not None and canonical < low) or (high is not None and canonical > high):
        raise refusal(name, f"is outside what is plausible ({low} to {high} {unit_of(name)})", text)
    return Given(name, value, unit, match["comparator"] or "", on)


def is_plain(unit: str) -> bool:
    """Whether the unit is no unit at all ("1", "{score}")."""
    return unit in _PLAIN or not unit
