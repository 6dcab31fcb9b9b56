"""The word and the group by which a card names a fact. Knows no values.

fact_words.csv holds the words (and groups) of facts whose names read badly or whose freshness class misleads.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources

from service.clinical.derived.auxiliary import freshness_class
from service.rules.wording import words

GROUPS = ("laboratory", "performance", "imaging", "board", "plan", "history")
"""in the order of the card; history: conditions, drugs, earlier treatment"""
_GROUP_OF_CLASS = {
    "labs": "laboratory", "labs_close": "laboratory", "staging_labs": "laboratory", "serology": "laboratory",
    "thyroid": "laboratory", "performance": "performance", "fitness": "performance", "anaesthesia": "performance",
    "imaging": "imaging", "staging": "imaging", "mapping": "imaging", "echo": "imaging", "endoscopy": "imaging",
    "board": "board", "decision": "board", "documentation": "board", "transplant": "board",
    "plan": "plan", "setting": "plan",
}  # fmt: skip
_AGES = {"tumour_board_age": "board", "pregnancy_test_age": "laboratory"}
"""facts of the class `age` that are no imaging"""


@dataclass(frozen=True, slots=True)
class FactNames:
    """`word` says a fact in a clinician's words, `group` is one of GROUPS."""

    word: Callable[[str], str]
    group: Callable[[str], str]


def _read() -> Mapping[str, tuple[str, str]]:
    text = resources.files(__package__).joinpath("fact_words.csv").read_text(encoding="utf-8")
    return {row["fact"]: (row["word"], row["group"]) for row in csv.DictReader(text.splitlines())}


WORDS = _read()


def word(name: str) -> str:
    return WORDS[name][0] if name in WORDS else words(name)


def group(name: str) -> str:
    """As the table says, else by the fact's freshness class; what no class places is history."""
    if name in WORDS and WORDS[name][1]:
        return WORDS[name][1]
    try:
        freshness = freshness_class(name)
    except KeyError:
        return "history"
    if freshness == "age":
        return "history" if name.startswith("days_since") else _AGES.get(name, "imaging")
    return _GROUP_OF_CLASS.get(freshness, "history")


def place(group_name: str) -> int:
    """Where a group stands on the card."""
    return GROUPS.index(group_name) if group_name in GROUPS else len(GROUPS)


FROM_DICTIONARY = FactNames(word, group)
