"""Our Questionnaire as a FHIR resource (R4), made from the questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from service.codes.own import FACTS_SYSTEM, NEVER, QUESTIONNAIRE, VALUES_SYSTEM, never_link
from service.codes.questions import TITLES, Question, questions
from service.codes.resource import PUBLISHER, Resource, version
from service.codes.spelling import words
from service.codes.systems import UCUM

_EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
_TYPES = {"boolean": "boolean", "coded": "choice", "integer": "integer", "date_age": "date", "quantity": "quantity"}


def questionnaire() -> Resource:
    """linkId = fact name; groups in the order of the card. No question must be answered."""
    items = [_group(group) for group in TITLES]
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


def _group(group: str) -> Resource:
    items = [item for question in questions(group) for item in _items(question)]
    return {"linkId": f"group-{group}", "text": TITLES[group], "type": "group", "item": items}


def _items(question: Question) -> Iterator[Resource]:
    yield _item(question)
    if question.may_be_never:
        yield _never(question)


def _never(question: Question) -> Resource:
    """A date cannot say "never": the answer has a question of its own, under the same code."""
    return {
        "linkId": never_link(question.name),
        "code": [{"system": FACTS_SYSTEM, "code": question.name}],
        "text": f"{question.text} If never:",
        "type": "choice",
        "answerOption": [{"valueCoding": {"system": VALUES_SYSTEM, "code": NEVER, "display": NEVER}}],
    }


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
