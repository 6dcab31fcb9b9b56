"""A value as any element may hold it (value[x] of Observations, components, answers, extensions), read for one fact.

Text never chooses a value unless it is a plain number or one of the answers that codes/text_answers.csv lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from service.fhir import lookup
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
        said = self.number is not None or self.boolean is not None or self.range is not None or self.when is not None
        return not (said or self.coded or self.codes or self.text)


_NOTHING = Answer()


def quantity(element: Any) -> Measured | None:
    """A Quantity with the text of its unit and its UCUM code, which may differ; None without a value."""
    if element is None or element.value is None:
        return None
    code = element.code if lookup.is_ucum(element.system) else None
    unit = element.unit or (element.code if code is None else None)
    return Measured(element.value, (unit or "").strip(), (element.comparator or "").strip(), (code or "").strip())


def answer(element: Any) -> Answer:
    """What `value[x]` of an Observation, component, answer or extension holds: one of them at most."""
    measured = getattr(element, "valueQuantity", None)
    if measured is not None:
        return Answer(number=quantity(measured)) if measured.value is not None else Answer(text=measured.unit or "")
    for plain_number in (getattr(element, "valueInteger", None), getattr(element, "valueDecimal", None)):
        if plain_number is not None:
            return Answer(number=Measured(Decimal(plain_number), bare=True))
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
