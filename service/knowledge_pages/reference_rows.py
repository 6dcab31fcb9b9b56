"""A cited document as a row: title, link, what it is and how it was seen. Knows no criteria."""

from __future__ import annotations

from collections.abc import Sequence

from service.knowledge_pages.markdown import link
from service.rules.model import Reference

HEADINGS = ("key", "document", "year", "standing", "text read")


def reference_row(reference: Reference) -> Sequence[str]:
    title = link(reference.title.replace("[", "(").replace("]", ")"), reference.url)
    year = str(reference.year) if reference.year else ""
    seen = "second hand" if reference.second_hand else "yes" if reference.read else "no"
    return reference.key, title, year, reference.standing, seen
