"""The word and the group by which a card names a fact, from the code tables. Knows no values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.codes.groups import GROUPS, fact_group, fact_word


@dataclass(frozen=True, slots=True)
class FactNames:
    """`word` says a fact in a clinician's words, `group` is one of GROUPS."""

    word: Callable[[str], str]
    group: Callable[[str], str]


_PLACES = {group: number for number, group in enumerate(GROUPS)}


def place(group_name: str) -> int:
    """Where a group stands on the card."""
    return _PLACES.get(group_name, len(GROUPS))


FROM_DICTIONARY = FactNames(fact_word, fact_group)
