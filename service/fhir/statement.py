"""Plans, goals, consents and requests that state a fact in our own codes: its code, with a value's or alone for yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from service.codes import own
from service.fhir import coded_answers, lookup
from service.fhir.answer import Answer
from service.fhir.content import content_of
from service.fhir.context import Context
from service.fhir.definitions import DEFINITIONS, is_named
from service.fhir.found import Found, fact_of
from service.fhir.lookup import Key
from service.fhir.moments import until
from service.fhir.reading import Level, Reading
from service.fhir.scan import codings_within
from service.fhir.tally import Tally
from service.fhir.times import when
from service.fhir.understand import read_answer

HOLDS: Mapping[str, frozenset[str]] = {
    "CarePlan": frozenset({"active"}),
    "Consent": frozenset({"active"}),
    "Goal": frozenset({"accepted", "active", "on-hold", "planned", "proposed"}),
    "ServiceRequest": frozenset({"active", "completed"}),
}
_ELEMENTS: Mapping[str, tuple[str, ...]] = {
    "CarePlan": ("category", "activity"),
    "Consent": ("category", "provision"),
    "Goal": ("category", "description"),
    "ServiceRequest": ("code", "category"),
}
_GOAL = "treatment_goal"


def read_statements(context: Context, tally: Tally) -> None:
    for item in context.shelf.of(*HOLDS):
        content = content_of(item)
        status = item.head.status if item.kind != "Goal" else content.get("lifecycleStatus")
        stated = dict(_stated(item.kind, content))
        moment = when(item, context.site.time_zone)
        holds = isinstance(status, str) and status.strip().lower() in HOLDS[item.kind]
        if not stated or not holds or _denied(content):
            continue
        if context.is_future(moment):
            tally.ahead |= stated.keys()
            continue
        if context.model(item) is None:
            tally.spoiled(stated, moment)
            continue
        lasting = until(moment, context.today, context.site.time_zone)
        on = moment.on if moment is not None else context.today
        tally.add(
            Reading(fact_of(name, found, on=on, source=item.source), lasting, Level.OWN_CODE, ongoing=True)
            for name, found in stated.items()
        )


def _stated(kind: str, content: Mapping[str, object]) -> Iterable[tuple[str, Found]]:
    for element in _ELEMENTS[kind]:
        parts = content.get(element)
        for part in parts if isinstance(parts, list) else [parts]:
            yield from stated_by(lookup.keys(codings_within(part)))
            if kind == "Goal":
                yield from _goal(lookup.keys(codings_within(part)))


def stated_by(keys: Iterable[Key], text: str = "") -> Iterable[tuple[str, Found]]:
    """Facts that one concept states: the fact's code beside a value's code or a number in its text, or alone: yes."""
    given = list(keys)
    for system, code in given:
        if system == own.FACTS_SYSTEM and is_named(code):
            yield code, read_answer(code, answer_beside(code, given, text))


def answer_beside(name: str, keys: Iterable[Key], text: str) -> Answer:
    values = tuple(key for key in keys if coded_answers.answers(name, key) is not None)
    if values:
        return Answer(codes=values, coded=True)
    if text and DEFINITIONS[name].is_number:
        return Answer(text=text)
    return Answer(boolean=True)


def _goal(keys: Iterable[Key]) -> Iterable[tuple[str, Found]]:
    for system, code in keys:
        if system == own.VALUES_SYSTEM and code in DEFINITIONS[_GOAL].values:
            yield _GOAL, Found(values=(code,))


def _denied(content: Mapping[str, object]) -> bool:
    provision = content.get("provision")
    return content.get("doNotPerform") is True or (isinstance(provision, dict) and provision.get("type") == "deny")
