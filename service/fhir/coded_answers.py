"""Coded and listed answers become values of a fact. Knows no resources."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from service.clinical.dictionary import FACTS
from service.clinical.values import NEVER, Interval, Value
from service.codes import answers as code_answers
from service.codes import own, tables
from service.fhir.definitions import DEFINITIONS
from service.fhir.lookup import Key


@lru_cache(maxsize=4096)
def answers(name: str, key: Key) -> str | None:
    """The value that a coded answer to this fact means, as the tables write it; None where it says nothing."""
    exact = code_answers.answer(name, key) if name in FACTS else None
    if exact is not None:
        return exact
    system, code = key
    if system == own.VALUES_SYSTEM:
        return code if _is_value(name, code) else None
    return generic(key)


_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,12})?", re.ASCII)


def _is_value(name: str, code: str) -> bool:
    """A record's own value code is one word of the fact or one plain number; the tables alone may say more."""
    if DEFINITIONS[name].is_number:
        return _NUMBER.fullmatch(code) is not None
    return value_of(name, code) is not None


def generic(key: Key) -> str | None:
    """ "true", "false" or "unknown" of a coded answer that fits any finding; None if it is another one."""
    found = {meaning.value for meaning in tables.ANSWERS.get(key, ()) if meaning.fact == tables.ANY_FACT}
    return found.pop() if len(found) == 1 else None


def text_answer(name: str, text: str) -> str | None:
    return code_answers.text_answer(name, text) if name in FACTS else None


def value_of(name: str, text: str) -> Value | Interval | None:
    """One value as the tables or our own value codes write it, typed for the fact; None if it is none."""
    definition = DEFINITIONS[name]
    if definition.type == "boolean":
        return {"true": True, "false": False}.get(text)
    if definition.type == "coded":
        return text if text in definition.values else None
    if definition.type == "date_age" and text == own.NEVER:
        return NEVER
    low, dots, high = text.partition("..")
    try:
        return Interval(Decimal(low), Decimal(high)) if dots else Decimal(low)
    except ArithmeticError:
        return None


def values_of(name: str, text: str) -> tuple[Value, ...]:
    """ "mild|moderate_severe" as the fact's values."""
    found = (value_of(name, part) for part in text.split("|"))
    return tuple(value for value in found if value is not None and not isinstance(value, Interval))
