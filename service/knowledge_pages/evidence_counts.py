"""How the criteria came about, in numbers. Names none of them."""

from __future__ import annotations

from collections import Counter

from service.knowledge_pages.criteria import held, standing
from service.rules.model import STANDINGS, Knowledge

EVIDENCE = ("read", "knowledge", "convention")
"""How a row came about: from a text that was read, from general knowledge, from what centres usually do."""
HEADINGS = ("evidence", *STANDINGS, "all")


def counts(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Criteria per evidence (rows) and best standing of their citations (columns), each row with its total."""
    found = Counter((each.criterion.evidence, standing(each.criterion, knowledge)) for each in held(knowledge).values())
    return [
        (
            name,
            *(str(found[name, seen]) for seen in STANDINGS),
            str(sum(n for (row, _), n in found.items() if row == name)),
        )
        for name in dict.fromkeys((*EVIDENCE, *(row for row, _ in found)))
    ]
