"""Which coded and which plain answers mean which value of a fact. Text counts only when all of it is an answer."""

from __future__ import annotations

from service.clinical.dictionary import FACTS
from service.codes.own import NEVER, VALUES_SYSTEM
from service.codes.rows import grouped, read
from service.codes.systems import Coding
from service.codes.tables import ANSWERS, ANY_FACT

UNKNOWN = "unknown"


def answer(fact: str, coding: Coding) -> str | None:
    """The value that a coded answer gives `fact` (notation of service/codes/tables.py), None when it says nothing."""
    system, code = coding
    if system == VALUES_SYSTEM:
        return code if code in _values(fact) else None
    found = {meaning.fact: meaning.value for meaning in ANSWERS.get(coding, ())}
    if fact in found:
        return found[fact]
    value = found.get(ANY_FACT)
    return value if value in {*_values(fact), UNKNOWN} else None


def text_answer(fact: str, text: str) -> str | None:
    """The value that a text gives `fact` when all of it, trimmed and without regard to case, is a known answer."""
    spelling = text.strip().casefold()
    table = _TEXTS.get(fact, {})
    if spelling in table:
        return table[spelling]
    for value in _values(fact):
        if spelling in {value.casefold(), value.casefold().replace("_", " ")}:
            return value
    value = _TEXTS[ANY_FACT].get(spelling, "")
    return value if value in _values(fact) else None


def _values(fact: str) -> tuple[str, ...]:
    definition = FACTS[fact]
    return {"boolean": ("true", "false"), "date_age": (NEVER,)}.get(definition.type, definition.values)


_TEXTS: dict[str, dict[str, str]] = {
    fact: {row["text"].casefold(): row["value"] for row in rows}
    for fact, rows in grouped(read("text_answers.csv"), lambda row: row["fact"]).items()
}
