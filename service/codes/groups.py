"""Each fact's group and short clinic word for the card, and its question for the Questionnaire."""

from __future__ import annotations

from service.codes.rows import read
from service.codes.spelling import words

GROUPS = ("laboratory", "performance", "imaging", "board", "plan", "history")
"""in the order of the card; history: conditions, drugs, earlier treatment"""

GROUP_TITLES = {
    "laboratory": "Laboratory",
    "performance": "Performance and general state",
    "imaging": "Imaging and tumour",
    "board": "Tumour board and goal",
    "plan": "The order and its plan",
    "history": "History, drugs, earlier treatment",
}

_ROWS = {row["fact"]: row for row in read("groups.csv")}


def fact_word(name: str) -> str:
    """ "INR", "portal flow", "planned access"; an input that is no fact of the dictionary reads as its name."""
    return _ROWS[name]["word"] if name in _ROWS else words(name)


def fact_group(name: str) -> str:
    """One of GROUPS; what the table does not place is history."""
    return _ROWS[name]["group"] if name in _ROWS else "history"


def fact_question(name: str) -> str:
    return _ROWS[name]["question"]
