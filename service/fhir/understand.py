"""What an answer means for one fact. Text never chooses a value unless it is a plain number or a listed answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from service.clinical.values import NEVER, Interval, Value
from service.fhir import coded_answers, numbers
from service.fhir import found as say
from service.fhir.answer import Answer
from service.fhir.definitions import DEFINITIONS, all_values
from service.fhir.found import Found
from service.fhir.numbers import Measured

_PRESENT, _ABSENT, _UNKNOWN = "true", "false", "unknown"


def read_answer(name: str, given: Answer) -> Found:
    """What the answer means for this fact; a problem where it means nothing that is known."""
    if given.is_empty:
        return say.problem(say.NO_VALUE)
    if given.coded:
        return _coded(name, given)
    if given.number is not None and DEFINITIONS[name].is_number:
        return numbers.number(name, given.number)
    if given.boolean is not None:
        return _generic(name, given.boolean)
    if given.range is not None and DEFINITIONS[name].is_number:
        return numbers.between(name, *given.range)
    return _text(name, given.text) if given.text else say.problem(say.NOT_UNDERSTOOD)


def _coded(name: str, given: Answer) -> Found:
    texts = {text for key in given.codes if (text := coded_answers.answers(name, key)) is not None}
    if not texts:
        return _text(name, given.text) if given.text else say.problem(say.NOT_UNDERSTOOD)
    if len(texts) > 1:
        return say.problem(say.CONFLICTING_CODES)
    return _meant(name, texts.pop())


def _meant(name: str, text: str) -> Found:
    if text == _UNKNOWN:
        return say.problem(say.STATED_UNKNOWN)
    value = coded_answers.value_of(name, text)
    if isinstance(value, Interval):
        return Found(interval=value)
    if value is not None:
        return say.one(value) if value == NEVER else _plausible(name, value)
    if "|" in text:
        return Found(values=coded_answers.values_of(name, text))
    return _generic(name, text == _PRESENT) if text in {_PRESENT, _ABSENT} else say.problem(say.NOT_UNDERSTOOD)


def _plausible(name: str, value: Value) -> Found:
    """A value from a code passes the same bounds as a measured one."""
    return (
        numbers.number(name, Measured(value, DEFINITIONS[name].unit)) if isinstance(value, Decimal) else say.one(value)
    )


def _generic(name: str, present: bool) -> Found:
    """Yes or no to a fact: for a coded one, that it is there (in whatever degree) or "none"."""
    if DEFINITIONS[name].type == "boolean":
        return say.one(present)
    values = all_values(name)
    if "none" not in values:
        return say.problem(say.NOT_UNDERSTOOD)
    return Found(values=tuple(value for value in values if value != "none")) if present else say.one("none")


def _text(name: str, text: str) -> Found:
    listed = coded_answers.text_answer(name, text)
    if listed is not None:
        return _meant(name, listed)
    if not DEFINITIONS[name].is_number:
        return say.problem(say.NOT_UNDERSTOOD)
    measured = numbers.from_text(text)
    return say.problem(say.NOT_A_NUMBER) if measured is None else numbers.number(name, measured)


def in_own_unit(name: str, given: Answer) -> Answer:
    """A bare number that answers a question of ours is in the unit that the question states, that of facts.csv."""
    if given.number is None or not given.number.bare:
        return given
    return replace(given, number=replace(given.number, unit=DEFINITIONS[name].unit))
