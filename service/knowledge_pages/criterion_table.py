"""Criteria as rows of a table, by topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.codes.groups import GROUP_TITLES, fact_group
from service.knowledge_pages import words
from service.knowledge_pages.markdown import section, table
from service.rules.model import Criterion, Inclusion, Knowledge, Therapy

_CRITERIA = ("criterion", "weight", "must hold", "applies if", "when unknown", "oldest datum", "sources", "basis")
Row = tuple[Inclusion, Criterion]


def topics(rows: Sequence[Row], therapy: Therapy, knowledge: Knowledge) -> Iterator[list[str]]:
    for group, title in GROUP_TITLES.items():
        of_group = [row for row in rows if fact_group(row[1].tests[0].fact) == group]
        yield section(title, criterion_table(of_group, therapy, knowledge), level=3)


def criterion_table(rows: Sequence[Row], therapy: Therapy, knowledge: Knowledge) -> list[str]:
    return table(_CRITERIA, (_criterion(*row, therapy, knowledge) for row in rows))


def _criterion(inclusion: Inclusion, criterion: Criterion, therapy: Therapy, knowledge: Knowledge) -> Sequence[str]:
    strength = f"; strength: {criterion.strength}" if criterion.strength else ""
    replaces = f"; replaces {', '.join(f'`{name}`' for name in criterion.replaces)}" if criterion.replaces else ""
    return (
        f"{criterion.title} (`{criterion.id}`{replaces})",
        words.kind(criterion),
        words.requirements(criterion, therapy.thresholds),
        words.conditions((*inclusion.conditions, *criterion.only_if), therapy.thresholds),
        words.when_unknown(criterion),
        words.oldest(criterion, knowledge),
        words.sources(criterion.cite, knowledge.references),
        words.BASIS.get(criterion.evidence, f"not stated: {words.SIGN_OFF}") + strength,
    )
