"""A value as any element may hold it (value[x] of Observations, components, answers, extensions), read for one fact.

Text never chooses a value unless it is a plain number or one of the answers that codes/text_answers.csv lists.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from service.clinical.values import Interval, Value
from service.fhir import found as say
from service.fhir import lookup, numbers
from service.fhir.dates import Moment
from service.fhir.definitions import DEFINITIONS, all_values
from service.fhir.found import Found
from service.fhir.numbers import Measured

_PRESENT, _ABSENT, _UNKNOWN = "true", "false", "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """At most one of these is filled; all empty: no value."""

    number: Measured | None = None
    codes: tuple[lookup.Key, ...] = ()
    coded: bool = False
    text: str = ""
    boolean: bool | None = None
    range: tuple[Measured | None, Measured | None] | None = None
    when: str | None = None

    @property
    def is_empty(self) -> bool:
        return self == _NOTHING


_NOTHING = Answer()


def quantity(element: Any) -> Measured | None:
    """A Quantity with the text of its unit and its UCUM code, which may differ; None without a value."""
    if element is None or element.value is None:
        return None
    code = element.code if lookup.is_ucum(element.system) else None
    unit = element.unit or (element.code if code is None else None)
    return Measured(element.value, (unit or "").strip(), (element.comparator or "").strip(), (code or "").strip())


def answer(element: Any) -> Answer:
    """What `value[x]` of an Observation, component, answer or extension holds."""
    for plain_number in (getattr(element, "valueInteger", None), getattr(element, "valueDecimal", None)):
        if plain_number is not None:
            return Answer(number=Measured(Decimal(plain_number), bare=True))
    measured = getattr(element, "valueQuantity", None)
    if measured is not None:
        return Answer(number=quantity(measured)) if measured.value is not None else Answer(text=measured.unit or "")
    concept = getattr(element, "valueCodeableConcept", None)
    if concept is not None:
        return concept_answer(concept)
    coding = getattr(element, "valueCoding", None)
    if coding is not None:
        return Answer(codes=_keys([coding]), coded=True)
    return _plain(element)


def concept_answer(concept: Any | None) -> Answer:
    """A CodeableConcept as an answer; no value where there is none."""
    return _NOTHING if concept is None else Answer(codes=_keys(concept.coding), coded=True, text=concept.text or "")


def _plain(element: Any) -> Answer:
    boolean = getattr(element, "valueBoolean", None)
    if boolean is not None:
        return Answer(boolean=boolean)
    stretch = getattr(element, "valueRange", None)
    if stretch is not None:
        return Answer(range=(quantity(stretch.low), quantity(stretch.high)))
    moment = getattr(element, "valueDateTime", None) or getattr(element, "valueDate", None)
    if moment is not None:
        return Answer(when=moment.isoformat() if isinstance(moment, date) else str(moment))
    return Answer(text=getattr(element, "valueString", None) or getattr(element, "valueCode", None) or "")


def _keys(codings: Any) -> tuple[lookup.Key, ...]:
    found = (lookup.key_of(coding.system, coding.code) for coding in codings or ())
    return tuple(key for key in found if key is not None)


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
    texts = {text for key in given.codes if (text := lookup.answers(name, key)) is not None}
    if not texts:
        return _text(name, given.text) if given.text else say.problem(say.NOT_UNDERSTOOD)
    if len(texts) > 1:
        return say.problem(say.CONFLICTING_CODES)
    return _meant(name, texts.pop())


def _meant(name: str, text: str) -> Found:
    if text == _UNKNOWN:
        return say.problem(say.STATED_UNKNOWN)
    value = lookup.value_of(name, text)
    if isinstance(value, Interval):
        return Found(interval=value)
    if value is not None:
        return _plausible(name, value)
    if "|" in text:
        return Found(values=lookup.values_of(name, text))
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
    listed = lookup.text_answer(name, text)
    if listed is not None:
        return _meant(name, listed)
    if not DEFINITIONS[name].is_number:
        return say.problem(say.NOT_UNDERSTOOD)
    measured = numbers.from_text(text)
    return say.problem(say.NOT_A_NUMBER) if measured is None else numbers.number(name, measured)


def days_since(moment: Moment | None, today: date) -> Found:
    """Whole days from a moment until today; every number still possible for a partial date."""
    if moment is None:
        return say.problem("date not recorded")
    longest, shortest = (today - moment.on).days, max((today - moment.last).days, 0)
    if longest == shortest:
        return say.one(Decimal(longest))
    return Found(interval=Interval(Decimal(shortest), Decimal(longest)))


def is_age(name: str) -> bool:
    return DEFINITIONS[name].type == "date_age"


def in_own_unit(name: str, given: Answer) -> Answer:
    """A bare number that answers a question of ours is in the unit that the question states, that of facts.csv."""
    if given.number is None or not given.number.bare:
        return given
    return replace(given, number=replace(given.number, unit=DEFINITIONS[name].unit))


def age(name: str, given: Answer, moment: Moment | None, today: date, when: Moment | None) -> Found:
    """An age recorded as a date (`when`), or as days on a day (`moment`) from which more have passed."""
    if given.when is not None:
        return days_since(when, today) if when is None or when.on <= today else say.problem("date lies in the future")
    return _older(read_answer(name, in_own_unit(name, given)), moment, today)


def _older(found: Found, moment: Moment | None, today: date) -> Found:
    passed = Decimal(0 if moment is None else (today - moment.on).days)
    days = found.values[0] if len(found.values) == 1 else None
    if isinstance(days, Decimal):
        return replace(found, values=(days + passed,))
    if found.interval is None:
        return found
    low, high = found.interval.low, found.interval.high
    moved = replace(
        found.interval, low=None if low is None else low + passed, high=None if high is None else high + passed
    )
    return replace(found, interval=moved)
