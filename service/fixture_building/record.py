"""The record that holds given facts: standard resources where records have them; what is left has no standard form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.fixture_building import conditions, observations, treatments
from service.fixture_building.answers import Dated
from service.fixture_building.days import day_of
from service.fixture_building.forms import Form, form_of, has_form
from service.fixture_building.given import Given
from service.fixture_building.parts import Resource
from service.fixture_building.patient import FACTS_OF_THE_PERSON, person

TUMOUR = "target_tumour"
_CONFIRMED = "diagnosis_confirmed"
_SESSIONS, _LAST_SESSION = "embolisation_sessions", "days_since_last_embolisation"
_USUAL_INTERVAL = timedelta(days=60)
_LARGER, _ENZYMES = "transaminases_times_uln", ("ast_times_uln", "alt_times_uln")

_ALWAYS = frozenset({*FACTS_OF_THE_PERSON, TUMOUR, _LARGER})

Writer = Callable[[Given, Form, str, date], Resource]
_WRITERS: Mapping[str, Writer] = {
    "laboratory": observations.measured,
    "survey": observations.measured,
    "vital-signs": observations.measured,
    "imaging": observations.measured,
    "upper_limit": observations.of_upper_limit,
    "absent": observations.absent,
    "condition": conditions.disease,
    "allergy": treatments.allergy,
    "medication": treatments.medication,
    "device": treatments.device,
    "procedure": treatments.procedure,
    "report": treatments.report,
}


@dataclass(slots=True)
class Record:
    """`resources` in the order of writing; `unwritten`: facts that only our own codes can state."""

    patient: str
    today: date
    resources: list[Resource] = field(default_factory=list)
    unwritten: list[Dated] = field(default_factory=list)


def is_usual(fact: str) -> bool:
    """Whether a record holds the fact although nobody answered a question: it has a standard code."""
    return has_form(fact) or fact in _ALWAYS


def record(given: Mapping[str, Given], patient: str, today: date) -> Record:
    made = Record(patient, today, [person(patient, given, today)])
    left = {name: each for name, each in given.items() if name not in FACTS_OF_THE_PERSON}
    for step in (_tumour, _allergies, _sessions, _transaminases):
        left = step(made, left)
    for each in left.values():
        _write(made, each)
    return made


def _write(made: Record, given: Given) -> None:
    form, day = form_of(given), day_of(given, made.today)
    if form is not None:
        made.resources.append(_WRITERS[form.form](given, form, made.patient, day))
    if form is None or _leaves_open(given, form):
        made.unwritten.append((given, day))


def _leaves_open(given: Given, form: Form) -> bool:
    """Whether the code says that the finding is there, but not in which degree."""
    return form.form == "condition" and isinstance(given.value, str)


Facts = dict[str, Given]


def _tumour(made: Record, left: Facts) -> Facts:
    """The tumour's Condition states the diagnosis as confirmed or not."""
    if TUMOUR not in left:
        return left
    tumour, confirmed = left[TUMOUR], left.get(_CONFIRMED)
    is_confirmed = confirmed is None or confirmed.value is True
    made.resources += conditions.tumour(tumour, made.patient, day_of(tumour, made.today), confirmed=is_confirmed)
    return _without(left, TUMOUR, _CONFIRMED)


def _allergies(made: Record, left: Facts) -> Facts:
    """All of them denied and none there: one statement. Else each for itself."""
    stated = [left[name] for name in treatments.DENIED_TOGETHER if name in left]
    if not stated or any(each.value not in (False, "none") for each in stated):
        return left
    made.resources.append(treatments.no_known_allergy(made.patient, day_of(stated[0], made.today)))
    return _without(left, *treatments.DENIED_TOGETHER)


def _sessions(made: Record, left: Facts) -> Facts:
    """Earlier sessions are Procedures; that there was none is an answer."""
    count = left.get(_SESSIONS)
    if count is None or not count.number:
        return left
    last = day_of(left[_LAST_SESSION], made.today) if _LAST_SESSION in left else made.today - _USUAL_INTERVAL
    made.resources += treatments.sessions(count.number, last, made.patient)
    return _without(left, _SESSIONS, _LAST_SESSION)


def _transaminases(made: Record, left: Facts) -> Facts:
    """The larger of AST and ALT, given as one number, stands in both."""
    larger = left.get(_LARGER)
    if larger is None:
        return left
    for name in _ENZYMES:
        if name not in left and name.removesuffix("_times_uln") not in left:
            _write(made, Given(name, larger.number, larger.unit, larger.comparator, day_of(larger, made.today)))
    return _without(left, _LARGER)


def _without(facts: Facts, *names: str) -> Facts:
    return {name: each for name, each in facts.items() if name not in names}
