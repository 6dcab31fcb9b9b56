"""From facts to a synthetic patient and his orders, deterministic. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from service.clinical.derived.auxiliary import freshness_class
from service.fixture_building.answers import Dated, details, response
from service.fixture_building.given import Given, read_all
from service.fixture_building.observations import in_own_code
from service.fixture_building.orders import OrderCode, draft
from service.fixture_building.parts import Resource
from service.fixture_building.record import TUMOUR, record


class Answers(StrEnum):
    """Where facts without a standard code stand. `mixed`: plans in the order's details, all others as Observations."""

    MIXED = "mixed"
    DETAILS = "details"
    CONTAINED = "contained"
    QUESTIONNAIRE = "questionnaire"


@dataclass(frozen=True, slots=True)
class Built:
    """The resources of a synthetic patient, his draft orders apart; `selected` holds the "Type/id" of orders."""

    patient: str
    resources: Sequence[Resource]
    orders: Sequence[Resource]
    selected: Sequence[str]


def build(
    orders: Sequence[OrderCode], facts: Mapping[str, str], as_of: date, *, patient: str = "patient-1",
    answers: Answers = Answers.MIXED,
) -> Built:  # fmt: skip
    """Write `facts` (given.py says how they are spelled) as records usually hold them, as of the day of the order.

    Raises KnowledgeError for facts that cannot be used. The first order carries the answers that belong to an order;
    every order has the tumour, if one is given, as its reason. A fact that is not given stands nowhere.
    """
    given = read_all(facts)
    written = record(given, patient, as_of)
    carried = [each for each in written.unwritten if answers is not Answers.MIXED or _is_plan(each[0])]
    stated = [each for each in written.unwritten if each not in carried]
    resources = [*written.resources, *(in_own_code(each, patient, day) for each, day in stated)]
    if answers is Answers.QUESTIONNAIRE:
        resources.append(response(carried, as_of, patient))
        carried = []
    first = _carrying(carried, answers, patient, as_of)
    drafts = [
        draft(each, f"order-{number}", patient, as_of, reason=TUMOUR in given, **(first if number == 1 else {}))
        for number, each in enumerate(orders, start=1)
    ]
    chosen = [
        f"{made['resourceType']}/{made['id']}" for each, made in zip(orders, drafts, strict=True) if each.selected
    ]
    return Built(patient, resources, drafts, chosen)


def _carrying(facts: Sequence[Dated], answers: Answers, patient: str, today: date) -> dict[str, Any]:
    """How an order holds its answers: as its details, or as a Questionnaire answered within it."""
    if answers is Answers.CONTAINED and facts:
        return {"contained": response(facts, today, patient)}
    return {"details": details(facts, today)}


def _is_plan(given: Given) -> bool:
    return freshness_class(given.name) == "plan"
