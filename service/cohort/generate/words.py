"""What sort of patient it is, and his facts in words: drawn one after the other from choices.csv.

A name that is no fact is a class of patients ("liver", "spread"), which later rows depend on. Per cent that a group
leaves of 100 keep the value of the favourable patient; `unknown` leaves the fact out.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from service.cohort.generate.draws import Draws
from service.cohort.generate.table import group_for, groups_of

UNKNOWN = "unknown"
_WHOLE = Decimal(100)


def draw_words(start: Mapping[str, str], draws: Draws) -> dict[str, str]:
    """`start`: what is known so far (therapy, facts of the favourable patient). Returns it with what was drawn."""
    state = dict(start)
    for name, groups in groups_of("choices").items():
        group = group_for(groups, state)
        if group is not None:
            weighted = [(row["value"], Decimal(row["per_cent"])) for row in group.rows]
            drawn = draws.weighted(f"word/{name}", weighted, _WHOLE)
            state.update({name: drawn} if drawn is not None else {})
    return state
