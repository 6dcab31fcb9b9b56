"""The word and the group by which a card names a fact. Knows no values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.clinical.dictionary import FACTS

GROUPS = ("laboratory", "performance", "imaging", "board", "plan")
_ACRONYMS = frozenset({
    "inr", "ecog", "afp", "ast", "alp", "ldh", "egfr", "meld", "bclc", "albi", "hvpg", "lvef", "spo2", "pao2", "kps",
    "asa", "nyha", "tips", "ivc", "hla", "msi", "gda", "hai", "pve", "pet", "tace",
})  # fmt: skip
_SPECIAL = {"egfr": "eGFR", "spo2": "SpO2", "pao2": "PaO2", "malbi": "mALBI"}
_GROUP_OF_CLASS = {
    "labs": "laboratory", "labs_close": "laboratory", "staging_labs": "laboratory", "serology": "laboratory",
    "thyroid": "laboratory", "performance": "performance", "fitness": "performance", "anaesthesia": "performance",
    "imaging": "imaging", "staging": "imaging", "mapping": "imaging", "echo": "imaging", "endoscopy": "imaging",
    "board": "board", "decision": "board", "documentation": "board", "transplant": "board",
    "plan": "plan", "setting": "plan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactNames:
    """`word` says a fact in a clinician's words, `group` is one of GROUPS or "history"."""

    word: Callable[[str], str]
    group: Callable[[str], str]


def plain_word(name: str) -> str:
    return " ".join(_SPECIAL.get(part, part.upper() if part in _ACRONYMS else part) for part in name.split("_"))


def plain_group(name: str) -> str:
    definition = FACTS.get(name)
    return _GROUP_OF_CLASS.get(definition.freshness, "history") if definition else "history"


FROM_DICTIONARY = FactNames(plain_word, plain_group)
