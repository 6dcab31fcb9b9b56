"""Validated Observations become readings: laboratory results, scores, findings, answers in our own codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from service.fhir import coded_answers, lookup
from service.fhir import found as say
from service.fhir.ages import age, days_since, is_age
from service.fhir.answer import Answer, answer, quantity
from service.fhir.bindings import Binding
from service.fhir.context import Context
from service.fhir.found import Found, fact_of
from service.fhir.moments import Moment
from service.fhir.reading import Reading
from service.fhir.selection import PRELIMINARY, USED, Selected, status
from service.fhir.ties import NOT_TOLD, about_someone_else, about_the_liver
from service.fhir.times import ISSUED, only_issued
from service.fhir.understand import in_own_unit, read_answer
from service.fhir.upper_limit import times_upper_limit

_SAYS = {"true": True, "false": False}
_NOT_OBTAINED = frozenset({"not-performed", "error"})


def read(selected: Selected, context: Context) -> list[Reading] | None:
    """The readings; None if the Observation cannot be read, which the context then lists."""
    item = selected.item
    if status(item) not in USED | {PRELIMINARY}:
        context.refuse(item, "Observation.status: not one that is understood")
        return None
    model = context.model(item)
    if model is None:
        return None
    if about_someone_else(model, context):
        return []
    return [
        reading
        for part in selected.parts
        if (element := _element(model, part.number)) is not None
        for binding in part.bindings
        if (reading := _bound(selected, binding, element, part.contradict, context)) is not None
    ]


class _Element(NamedTuple):
    """The Observation or one of its components, its value read once. `absent` says why it has none."""

    content: Any
    given: Answer
    absent: str | None


def _bound(
    selected: Selected, binding: Binding, element: _Element, contradict: bool, context: Context
) -> Reading | None:
    """The reading of one fact; None where the Observation is not about the liver."""
    about = about_the_liver(binding, context.model(selected.item), selected.item, context)
    if about is False or _denies_one_kind(binding, element.given):
        return None
    if about is None:
        return replace(_reading(selected, binding, element, say.problem(NOT_TOLD)), rank=2)
    return _reading(selected, binding, element, _found(binding, element, contradict, selected, context))


def _element(model: Any, number: int | None) -> _Element | None:
    """None for a panel without a value of its own: it says nothing by itself."""
    content = model if number is None else model.component[number]
    given = answer(content)
    is_panel = number is None and bool(model.component or model.hasMember) and model.dataAbsentReason is None
    return None if is_panel and given.is_empty else _Element(content, given, _absent_reason(content, given))


def _reading(selected: Selected, binding: Binding, element: _Element, found: Found) -> Reading:
    item, moment = selected.item, selected.when
    marks = (ISSUED,) if only_issued(item) else ()
    fact = fact_of(
        binding.fact, found, on=moment.on if moment else None, source=item.source, marks=marks,
        preliminary=status(item) == PRELIMINARY,
    )  # fmt: skip
    return Reading(
        fact=fact if binding.verified else fact._replace(unverified=True),
        when=moment,
        level=binding.level,
        rank=binding.rank,
        corrected=status(item) in {"amended", "corrected"},
        passed_over=element.absent in _NOT_OBTAINED,
    )


def _absent_reason(part: Any, given: Answer) -> str | None:
    if not given.is_empty or part.dataAbsentReason is None:
        return None
    codes = [coding.code for coding in part.dataAbsentReason.coding or () if coding.code]
    return codes[0].strip() if codes else ""


def _absent_words(reason: str) -> str:
    return f"no value: {reason.replace('-', ' ')}" if reason.replace("-", "").isalpha() else "no value"


def _found(binding: Binding, element: _Element, contradict: bool, selected: Selected, context: Context) -> Found:
    if contradict:
        return say.problem(say.CONFLICTING_CODES)
    if element.absent is not None:
        return say.problem(_absent_words(element.absent))
    if binding.kind == "date":
        return days_since(selected.when, context.today)
    given = _or_interpretation(element.given, element.content)
    return _of_kind(binding, given, element.content, selected, context)


def _of_kind(binding: Binding, given: Answer, part: Any, selected: Selected, context: Context) -> Found:
    match binding.kind:
        case "presence":
            return say.problem(say.NO_VALUE) if given.is_empty else say.one(True)
        case "times_uln":
            return times_upper_limit(binding.fact, given, part)
        case "finding":
            return _finding(binding, given)
        case "own":
            return own_found(binding.fact, given, selected.when, context)
    return read_answer(binding.fact, _with_range_unit(given, part))


def own_found(name: str, given: Answer, moment: Moment | None, context: Context) -> Found:
    """An answer to a question of ours, wherever it stands."""
    if is_age(name):
        return age(name, given, moment, context.today, context.moment(given.when))
    return read_answer(name, in_own_unit(name, given))


def _with_range_unit(given: Answer, part: Any) -> Answer:
    """A number without a unit takes that of its reference range, if all of it has the same."""
    number = given.number
    if number is None or number.has_unit or number.bare:
        return given
    ends = [quantity(end) for each in part.referenceRange or () for end in (each.low, each.high)]
    units = {(end.unit, end.code) for end in ends if end is not None and end.has_unit}
    if len(units) != 1:
        return given
    unit, code = units.pop()
    return replace(given, number=replace(number, unit=unit, code=code))


def _or_interpretation(given: Answer, part: Any) -> Answer:
    """An answer that stands only in `interpretation` (a grade, positive or negative)."""
    if not given.is_empty or not part.interpretation:
        return given
    concepts = [coding for concept in part.interpretation for coding in concept.coding or ()]
    codes = tuple(key for coding in concepts if (key := lookup.key_of(coding.system, coding.code)) is not None)
    return Answer(codes=codes, coded=True)


def _finding(binding: Binding, given: Answer) -> Found:
    """The code names a finding, the answer says whether it is there."""
    words = {coded_answers.generic(key) for key in given.codes} - {None}
    word = words.pop() if len(words) == 1 else None
    present = given.boolean if given.boolean is not None else _SAYS.get(word or "")
    if present is None:
        return say.problem(say.STATED_UNKNOWN if word == "unknown" else say.NOT_UNDERSTOOD)
    if present:
        return Found(values=coded_answers.values_of(binding.fact, binding.value))
    return read_answer(binding.fact, Answer(boolean=False))


def _denies_one_kind(binding: Binding, given: Answer) -> bool:
    """ "No" to a narrow finding ("alcoholic cirrhosis") says nothing of the fact as a whole."""
    if binding.kind != "finding" or binding.general:
        return False
    return given.boolean is False or any(coded_answers.generic(key) == "false" for key in given.codes)
