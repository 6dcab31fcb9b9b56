"""The word and the group by which a card names a fact. Knows no values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.clinical.derived.auxiliary import freshness_class
from service.rules.wording import words

GROUPS = ("laboratory", "performance", "imaging", "board", "plan")
_GROUP_OF_CLASS = {
    "labs": "laboratory", "labs_close": "laboratory", "staging_labs": "laboratory", "serology": "laboratory",
    "thyroid": "laboratory", "performance": "performance", "fitness": "performance", "anaesthesia": "performance",
    "imaging": "imaging", "staging": "imaging", "mapping": "imaging", "echo": "imaging", "endoscopy": "imaging",
    "board": "board", "decision": "board", "documentation": "board", "transplant": "board",
    "plan": "plan", "setting": "plan",
}  # fmt: skip
_AGES = {"tumour_board_age": "board", "pregnancy_test_age": "laboratory", "endoscopy_age": "imaging"}
"""facts of the class `age` that are no imaging"""


@dataclass(frozen=True, slots=True)
class FactNames:
    """`word` says a fact in a clinician's words, `group` is one of GROUPS or "history"."""

    word: Callable[[str], str]
    group: Callable[[str], str]


def plain_group(name: str) -> str:
    """By the fact's freshness class; what no class places is history (conditions, drugs, earlier treatment)."""
    try:
        freshness = freshness_class(name)
    except KeyError:
        return "history"
    if freshness == "age":
        return "history" if name.startswith("days_since") else _AGES.get(name, "imaging")
    return _GROUP_OF_CLASS.get(freshness, "history")


FROM_DICTIONARY = FactNames(words, plain_group)
