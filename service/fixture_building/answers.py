"""Facts without a standard code as answers: details of the order, or a QuestionnaireResponse to our Questionnaire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from service.codes.own import FACTS_SYSTEM, QUESTIONNAIRE, VALUES_SYSTEM
from service.codes.systems import SNOMED
from service.fixture_building.given import Given, is_age, is_plain
from service.fixture_building.parts import Resource, coding, instant, quantity

Dated = tuple[Given, date]
_YES, _NO = coding(SNOMED, "373066001", "Yes"), coding(SNOMED, "373067005", "No")


def details(facts: Iterable[Dated], today: date) -> list[dict[str, Any]]:
    """ServiceRequest.orderDetail: the fact's code beside its answer's, or a number with its unit as text."""
    return [_detail(given, day, today) for given, day in facts]


def _detail(given: Given, day: date, today: date) -> dict[str, Any]:
    question = coding(FACTS_SYSTEM, given.name)
    if isinstance(given.value, bool):
        return {"coding": [question, _YES if given.value else _NO]}
    if isinstance(given.value, str):
        return {"coding": [question, coding(VALUES_SYSTEM, given.value)]}
    value, unit = (Decimal((today - day).days), "d") if is_age(given.name) else (given.value, given.unit)
    return {"coding": [question], "text": f"{given.comparator}{value} {_unit(unit)}".strip()}


def response(facts: Iterable[Dated], authored: date, patient: str, *, ident: str = "answers") -> Resource:
    """One answered Questionnaire, in the order of the facts."""
    return {
        "resourceType": "QuestionnaireResponse",
        "id": ident,
        "questionnaire": QUESTIONNAIRE,
        "status": "completed",
        "subject": {"reference": f"Patient/{patient}"},
        "authored": instant(authored),
        "item": [{"linkId": given.name, "answer": [_answer(given, day)]} for given, day in facts],
    }


def _answer(given: Given, day: date) -> dict[str, Any]:
    if isinstance(given.value, bool):
        return {"valueBoolean": given.value}
    if isinstance(given.value, str):
        return {"valueCoding": coding(VALUES_SYSTEM, given.value)}
    if is_age(given.name):
        return {"valueDate": day.isoformat()}
    return {"valueQuantity": quantity(given.value, given.unit, given.comparator)}


def _unit(unit: str) -> str:
    return "" if is_plain(unit) else unit
