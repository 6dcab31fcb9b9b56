"""What our Questionnaire asks: one question for every fact that somebody may answer. Knows no FHIR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from service.clinical.derived.auxiliary import AUXILIARY, Auxiliary
from service.clinical.dictionary import FACTS, OPTIONAL, FactDefinition
from service.codes.groups import GROUP_TITLES, fact_group, fact_question
from service.codes.spelling import words

INPUTS = "inputs"
TITLES = {**GROUP_TITLES, INPUTS: "Figures that others are computed from"}
"""The Questionnaire's groups: those of the card, and the inputs that are no facts."""


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
    may_be_never: bool = False
    """whether "never" is an answer of its own"""


def questions(group: str) -> Iterator[Question]:
    """Of a card's group, or "inputs". What is only computed, set by the site or told by Patient is not asked."""
    if group == INPUTS:
        yield from (_of_input(row) for row in AUXILIARY.values() if not row.source.startswith("Patient."))
        return
    for fact in FACTS.values():
        if fact_group(fact.name) == group and is_asked(fact):
            yield _of_fact(fact)


def is_asked(fact: FactDefinition) -> bool:
    """Whether it is read or asked at all, rather than only computed or set by the site."""
    return fact.how_obtained.startswith("read") or "asked" in fact.how_obtained or _may_be_never(fact)


def _may_be_never(fact: FactDefinition) -> bool:
    """No record states that something never happened, so a person must be able to."""
    return fact.type == "date_age" and fact.absence_means_no == OPTIONAL


def _of_fact(fact: FactDefinition) -> Question:
    return Question(
        fact.name, fact_question(fact.name), fact.type, fact.unit, fact.values, fact.minimum, fact.maximum,
        _may_be_never(fact),
    )  # fmt: skip


def _of_input(row: Auxiliary) -> Question:
    kind = "coded" if row.values else "quantity" if row.unit else "boolean"
    said = words(row.name)
    return Question(row.name, f"{said[0].upper()}{said[1:]} ({row.source})?", kind, row.unit, row.values)
