"""Which open question comes first: the one that decides most. Words none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from service.cards.judged import ASKED, KIND_RANK, Judged
from service.cards.names import FactNames, place
from service.rules.checklist import FIRM
from service.rules.model import Missing


def rank(
    row: Judged, facts: Sequence[str], names: FactNames, weight: Counter[str], first: frozenset[str]
) -> tuple[int, ...]:
    """`weight`: how many criteria wait for each fact; `first`: facts that come before all others."""
    blocks = row.finding.missing is Missing.BLOCK and row.kind in FIRM
    return (
        bool(first) and first.isdisjoint(facts), not blocks, KIND_RANK[row.kind], ASKED.index(row.finding.missing),
        bool(row.therapies), place(names.group(facts[0])), -max(weight[name] for name in facts),
    )  # fmt: skip
