"""The facts of one patient: the favourable patient of his therapy with what chance changes, worsens or leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from service.clinical.derived.auxiliary import freshness_class
from service.cohort.generate.draws import Draws
from service.cohort.generate.numbers import DAYS, draw_numbers
from service.cohort.generate.words import UNKNOWN, draw_words
from service.fixture_building.favourable import favourable
from service.fixture_building.given import NAMES, is_age
from service.fixture_building.record import is_usual
from service.rules.loader import load
from service.rules.model import Therapy

_ADDED = frozenset({"age", "sex", "pregnant"})
"""Facts that no favourable patient states, because most of them need not"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """`facts` as given.py spells them; `classes` holds the sort of patient ("liver": "failing")."""

    facts: Mapping[str, str]
    classes: Mapping[str, str]


def draw_facts(therapy: str, favourable_patient: str, draws: Draws, as_of: date) -> Drawn:
    """KeyError for an unknown therapy; KnowledgeError for an unknown favourable patient."""
    base = _favourable(therapy, favourable_patient)
    state = draw_words({**base, "therapy": therapy}, draws)
    numbers = draw_numbers(state, draws)
    drawn = {**{name: text for name, text in state.items() if name in NAMES}, **numbers}
    facts = {name: drawn.get(name, text) for name, text in base.items()}
    facts |= {name: drawn[name] for name in sorted(_ADDED) if name in drawn}
    everything = state["record"] != "usual"
    kept = {name: text for name, text in facts.items() if text != UNKNOWN and (everything or is_usual(name))}
    classes = {name: word for name, word in state.items() if name not in {*NAMES, "therapy"}}
    return Drawn({name: _dated(name, text, numbers, as_of) for name, text in kept.items()}, classes)


def _dated(name: str, text: str, numbers: Mapping[str, str], as_of: date) -> str:
    days = numbers.get(f"{DAYS}{freshness_class(name)}")
    if days is None or is_age(name):
        return text
    return f"{text} @{as_of - timedelta(days=int(days.split()[0]))}"


@cache
def _favourable(therapy: str, name: str) -> Mapping[str, str]:
    return favourable(therapies()[therapy], name)


@cache
def therapies() -> Mapping[str, Therapy]:
    return load().therapies
