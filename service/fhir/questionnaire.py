"""Answers to our Questionnaire (linkId: codes/own.py), and to questions that a client has mapped to facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.codes import own
from service.fhir.answer import Answer, answer
from service.fhir.content import content_of
from service.fhir.context import Context
from service.fhir.definitions import is_named
from service.fhir.either import either
from service.fhir.found import fact_of
from service.fhir.moments import Moment
from service.fhir.observation import own_found
from service.fhir.reading import Level, Reading
from service.fhir.scan import Item
from service.fhir.tally import Tally
from service.fhir.times import when

ANSWERED = frozenset({"completed", "amended"})
IN_AN_ORDER = ANSWERED | {"in-progress"}
"""While an order is still a draft, so may be the answers within it."""


@dataclass(frozen=True, slots=True)
class Response:
    """A QuestionnaireResponse, when it was answered, and how much its answers count."""

    item: Item
    when: Moment | None
    level: Level

    def readings(self, context: Context, tally: Tally) -> list[Reading]:
        """One for every question that means a fact. One that cannot be read gives none and is listed."""
        asked = _without_version(self.item.head.questionnaire or "")
        if not _concerns_us(asked, context):
            return []
        model = context.model(self.item)
        if model is None:
            links = _links(content_of(self.item))
            tally.spoiled({name for link in links if (name := _fact(asked, link, context))}, self.when)
            return []
        return [
            self._reading(name, [answer(each) for each in question.answer], context)
            for question in _questions(model.item or ())
            if question.answer and (name := _fact(asked, question.linkId, context)) is not None
        ]

    def _reading(self, name: str, given: list[Answer], context: Context) -> Reading:
        on = self.when.on if self.when else None
        found = [own_found(name, each, self.when, context) for each in given]
        return Reading(
            either([fact_of(name, each, on=on, source=self.item.source) for each in found]), self.when, self.level
        )


def read_questionnaires(context: Context, tally: Tally) -> None:
    for item in context.shelf.of("QuestionnaireResponse"):
        moment = when(item, context.site.time_zone)
        if (item.head.status or "").strip().lower() in ANSWERED:
            readings = Response(item, moment, Level.ANSWER).readings(context, tally)
            if context.is_future(moment):
                tally.ahead |= {reading.fact.name for reading in readings}
            else:
                tally.add(readings)


def _links(content: Any) -> Iterable[str]:
    if isinstance(content, list):
        for part in content:
            yield from _links(part)
    elif isinstance(content, dict):
        if isinstance(content.get("linkId"), str):
            yield content["linkId"]
        for part in content.values():
            yield from _links(part)


def _concerns_us(asked: str, context: Context) -> bool:
    return asked == own.QUESTIONNAIRE or any(system == asked for system, _ in context.site.fact_codes)


def _without_version(canonical: str) -> str:
    return canonical.strip().partition("|")[0]


def _questions(items: Iterable[Any]) -> Iterable[Any]:
    """Every item, those within items and within answers too."""
    for item in items:
        yield item
        yield from _questions(item.item or ())
        for given in item.answer or ():
            yield from _questions(given.item or ())


def _fact(asked: str, link: str | None, context: Context) -> str | None:
    name = (link or "").strip()
    if asked == own.QUESTIONNAIRE:
        name = own.fact_of_link(name)
        return name if is_named(name) else None
    return context.site.fact_codes.get((asked, name))
