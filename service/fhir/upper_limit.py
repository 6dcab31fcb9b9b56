"""A result as a multiple of the upper limit of its own reference range (AST, ALT, ALP, LDH). No range: unknown."""

from __future__ import annotations

from typing import Any

from service.clinical.dictionary import FACTS
from service.clinical.units import UnitError, from_quantity
from service.fhir import found as say
from service.fhir.answer import Answer, quantity
from service.fhir.found import Found
from service.fhir.numbers import Measured
from service.fhir.understand import read_answer

NO_LIMIT = "no upper limit of the reference range"
_ACTIVITY = "ast"
"""Its table of units serves every enzyme activity."""


def times_upper_limit(name: str, given: Answer, element: Any) -> Found:
    """The multiple, from `valueQuantity` and `referenceRange.high` of one Observation or component."""
    measured = given.number
    if measured is None:
        return say.problem(say.NOT_A_NUMBER if not given.is_empty else say.NO_VALUE)
    limit = _upper_limit(element)
    if limit is None:
        return say.problem(NO_LIMIT, measured.text)
    try:
        top = _activity(limit, measured)
        value = _activity(measured, measured)
    except UnitError as error:
        return say.problem(str(error), measured.text)
    if top <= 0:
        return say.problem(NO_LIMIT, measured.text)
    unit_of = name if name in FACTS else "transaminases_times_uln"
    multiple = read_answer(unit_of, Answer(number=Measured(value / top, "{xULN}", measured.comparator)))
    return Found(multiple.values, multiple.interval, multiple.problem, f"{measured.text} (limit {limit.text})")


def _activity(measured: Measured, other: Measured) -> Any:
    unit, code = (measured.unit, measured.code) if measured.has_unit else (other.unit, other.code)
    return from_quantity(_ACTIVITY, measured.value, code=code, text=unit)


def _upper_limit(element: Any) -> Measured | None:
    """Only where one range, or one of the normal type, states it."""
    stated = [each for each in element.referenceRange or () if each.high is not None and each.high.value is not None]
    normal = [each for each in stated if each.type is None or _is_normal(each.type)]
    return quantity(normal[0].high) if len(normal) == 1 else None


def _is_normal(kind: Any) -> bool:
    return any(coding.code == "normal" for coding in kind.coding or ())
