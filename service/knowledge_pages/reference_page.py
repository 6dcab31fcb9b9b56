"""The page that lists all cited documents."""

from __future__ import annotations

from collections import Counter

from service.knowledge_pages.criteria import held
from service.knowledge_pages.markdown import page, table
from service.knowledge_pages.reference_rows import HEADINGS, reference_row
from service.rules.model import Knowledge


def references_page(knowledge: Knowledge) -> str:
    used = Counter(key for each in held(knowledge).values() for key in each.criterion.cite)
    rows = [(*reference_row(reference), str(used[key])) for key, reference in sorted(knowledge.references.items())]
    unread = sum(not reference.read for reference in knowledge.references.values())
    return page("References", [
        f"{len(rows)} documents; the text of {unread} was not read. \"Standing\" says how a document was seen. The",
        "last column counts the criteria that cite it.",
        "",
    ], table((*HEADINGS, "criteria"), rows))  # fmt: skip
