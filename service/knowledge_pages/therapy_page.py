"""The page of one therapy: what is judged, from where, and which cases hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.codes.spelling import words as plain
from service.knowledge_pages import words
from service.knowledge_pages.cases_held import CasesHeld
from service.knowledge_pages.criterion_table import Row, criterion_table, topics
from service.knowledge_pages.markdown import bullets, page, section, table
from service.knowledge_pages.reference_rows import HEADINGS, reference_row
from service.rules.model import Knowledge, Therapy, When

_MOST_TITLES = 6


def therapy_page(therapy: Therapy, knowledge: Knowledge, cases: CasesHeld) -> str:
    rows = [(inclusion, criterion) for inclusion in therapy.inclusions for criterion in inclusion.criteria]
    return page(
        f"{therapy.title} (`{therapy.id}`)",
        [f"Named **{therapy.short}** on the card. For: {', '.join(map(plain, therapy.tumours))}.", ""],
        [f"{len(rows)} criteria, {len(therapy.thresholds)} thresholds, {len(cases.of.get(therapy.id, ()))} cases.", ""],
        section("Files that it includes", bullets(_inclusions(therapy))),
        section("Before the order", *topics(_at(rows, When.ORDER), therapy, knowledge)),
        section("Before the procedure", criterion_table(_at(rows, When.PROCEDURE), therapy, knowledge)),
        section("Notes", bullets(_notes(therapy))),
        section("Thresholds", table(("threshold", "title", "default", "may be"), _thresholds(therapy))),
        section("Cases at the limits", bullets(_cases(therapy, cases))),
        section("Sources", table(HEADINGS, _sources(rows, therapy, knowledge))),
    )


def _inclusions(therapy: Therapy) -> Iterator[str]:
    for inclusion in therapy.inclusions:
        when = words.conditions(inclusion.conditions, therapy.thresholds)
        own = " (its own file)" if inclusion.module == therapy.id else ""
        yield f"`{inclusion.module}`{own}: {len(inclusion.criteria)} criteria{f', if {when}' if when else ''}"


def _at(rows: Sequence[Row], when: When) -> list[Row]:
    return [row for row in rows if row[1].when is when]


def _notes(therapy: Therapy) -> Iterator[str]:
    for note in (note for inclusion in therapy.inclusions for note in inclusion.notes):
        cited = f" [{', '.join(note.cite)}]" if note.cite else ""
        when = words.conditions(note.only_if, therapy.thresholds)
        yield f"{note.text}{cited}{f' (if {when})' if when else ''}"


def _thresholds(therapy: Therapy) -> Iterator[Sequence[str]]:
    for name, threshold in sorted(therapy.thresholds.items()):
        label = "; label: only stricter" if threshold.label else ""
        yield f"`{name}`", threshold.title, words.value(threshold), words.allowed(threshold) + label


def _cases(therapy: Therapy, cases: CasesHeld) -> Iterator[str]:
    """The first titles of each threshold; the others are counted."""
    for name in sorted(therapy.thresholds):
        titles = [f"{title} ({where})" for where, title in cases.at_limits.get((therapy.id, name), ())]
        more = f" and {len(titles) - _MOST_TITLES} more" if len(titles) > _MOST_TITLES else ""
        if titles:
            yield f"`{name}`: {'; '.join(titles[:_MOST_TITLES])}{more}"
        elif cases.number(name):
            yield f"`{name}`: {cases.number(name)} cases of other therapies"


def _sources(rows: Sequence[Row], therapy: Therapy, knowledge: Knowledge) -> Iterator[Sequence[str]]:
    noted = (note.cite for inclusion in therapy.inclusions for note in inclusion.notes)
    for key in sorted({key for cited in (*(row.cite for _, row in rows), *noted) for key in cited}):
        yield reference_row(knowledge.references[key])
