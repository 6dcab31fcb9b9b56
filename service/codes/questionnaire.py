"""Our Questionnaire as a FHIR resource (R4), made from the tables. Asks for every fact that somebody may answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.clinical.derived.auxiliary import AUXILIARY, Auxiliary
from service.clinical.dictionary import FACTS, FactDefinition
from service.codes.code_systems import PUBLISHER, Resource, version
from service.codes.groups import fact_group, fact_question
from service.codes.own import FACTS_SYSTEM, QUESTIONNAIRE, VALUES_SYSTEM
from service.codes.spelling import words
from service.codes.systems import UCUM

_EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
_TYPES = {"boolean": "boolean", "coded": "choice", "integer": "integer", "date_age": "date", "quantity": "quantity"}
_TITLES = {
    "laboratory": "Laboratory",
    "performance": "Performance and general state",
    "imaging": "Imaging and tumour",
    "board": "Tumour board and goal",
    "plan": "The order and its plan",
    "history": "History, drugs, earlier treatment",
    "inputs": "Figures that others are computed from",
}


@dataclass(frozen=True, slots=True)
class Question:
    """`type` as in facts.csv; bounds are what is plausible, in `unit`."""

    name: str
    text: str
    type: str
    unit: str = ""
    values: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None


def questionnaire() -> Resource:
    """linkId = fact name; groups in the order of the card. No question must be answered."""
    items = [_group(group) for group in _TITLES]
    return {
        "resourceType": "Questionnaire",
        "id": QUESTIONNAIRE.rpartition("/")[2],
        "url": QUESTIONNAIRE,
        "version": version(items),
        "name": "LiverDirectedTherapy",
        "title": "Liver-directed therapy: what the order and the record do not say",
        "status": "active",
        "experimental": False,
        "publisher": PUBLISHER,
        "subjectType": ["Patient"],
        "item": items,
    }


def questions(group: str) -> Iterator[Question]:
    """Of a card's group, or "inputs". What is only computed, set by the site or told by Patient is not asked."""
    if group == "inputs":
        yield from (_of_input(row) for row in AUXILIARY.values() if not row.source.startswith("Patient."))
        return
    for fact in FACTS.values():
        if fact_group(fact.name) == group and is_asked(fact):
            yield _of_fact(fact)


def is_asked(fact: FactDefinition) -> bool:
    """Whether it is read or asked at all, rather than only computed or set by the site."""
    return fact.how_obtained.startswith("read") or "asked" in fact.how_obtained


def _of_fact(fact: FactDefinition) -> Question:
    return Question(fact.name, fact_question(fact.name), fact.type, fact.unit, fact.values, fact.minimum, fact.maximum)


def _of_input(row: Auxiliary) -> Question:
    kind = "coded" if row.values else "quantity" if row.unit else "boolean"
    said = words(row.name)
    return Question(row.name, f"{said[0].upper()}{said[1:]} ({row.source})?", kind, row.unit, row.values)


def _group(group: str) -> Resource:
    items = [_item(question) for question in questions(group)]
    return {"linkId": f"group-{group}", "text": _TITLES[group], "type": "group", "item": items}


def _item(question: Question) -> Resource:
    item: Resource = {
        "linkId": question.name,
        "code": [{"system": FACTS_SYSTEM, "code": question.name}],
        "text": question.text,
        "type": _TYPES[question.type],
    }
    extensions = [*_unit(question), *_bounds(question)]
    if extensions:
        item["extension"] = extensions
    if question.values:
        item["answerOption"] = [
            {"valueCoding": {"system": VALUES_SYSTEM, "code": value, "display": words(value)}}
            for value in question.values
        ]
    return item


def _unit(question: Question) -> Iterator[dict[str, Any]]:
    """A number comes with its unit, so that none has to be guessed."""
    if question.type == "quantity":
        unit = {"system": UCUM, "code": question.unit, "display": question.unit}
        yield {"url": f"{_EXTENSION}questionnaire-unitOption", "valueCoding": unit}


def _bounds(question: Question) -> Iterator[dict[str, Any]]:
    """Whole numbers alone: R4 bounds no quantity."""
    for name, bound in (("minValue", question.minimum), ("maxValue", question.maximum)):
        if question.type == "integer" and bound is not None:
            yield {"url": f"{_EXTENSION}{name}", "valueInteger": int(bound)}
