"""The pages that list everything of one sort: thresholds, references, facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from service.clinical.dictionary import FACTS, FactDefinition
from service.codes.groups import GROUPS, fact_group, fact_question, fact_word
from service.codes.own import FACTS_SYSTEM
from service.codes.spelling import words as plain
from service.knowledge_pages import words
from service.knowledge_pages.cases_held import CasesHeld
from service.knowledge_pages.criteria import held
from service.knowledge_pages.markdown import page, section, table
from service.knowledge_pages.reference_rows import HEADINGS, reference_row
from service.knowledge_pages.therapy_page import TOPICS
from service.rules.model import Knowledge, Threshold
from service.rules.wording import number_text


def thresholds_page(knowledge: Knowledge, cases: CasesHeld) -> str:
    users: dict[str, list[str]] = {}
    for name, each in held(knowledge).items():
        for threshold in each.thresholds:
            users.setdefault(threshold, []).append(name)
    rows = [_threshold(knowledge.thresholds[name], users.get(name, []), cases) for name in sorted(knowledge.thresholds)]
    labels = sum(threshold.label for threshold in knowledge.thresholds.values())
    return page("Thresholds", [
        f"{len(rows)} thresholds. An administrator may change each within what stands under \"may be\"; {labels} come",
        "from a device or drug label and may only become stricter. The cases are those with a value at or just beyond",
        "the default.",
        "",
    ], table(_THRESHOLD, rows))  # fmt: skip


_THRESHOLD = ("threshold", "title", "default", "may be", "stricter", "label", "sources", "criteria", "cases")


def _threshold(threshold: Threshold, users: Sequence[str], cases: CasesHeld) -> Sequence[str]:
    return (
        f"`{threshold.id}`", threshold.title, words.value(threshold), words.allowed(threshold),
        threshold.stricter or "first named", "yes" if threshold.label else "", ", ".join(threshold.reference),
        ", ".join(users), str(cases.number(threshold.id) or ""),
    )  # fmt: skip


def references_page(knowledge: Knowledge) -> str:
    used = Counter(key for each in held(knowledge).values() for key in each.criterion.cite)
    rows = [(*reference_row(reference), str(used[key])) for key, reference in sorted(knowledge.references.items())]
    unread = sum(not reference.read for reference in knowledge.references.values())
    return page("References", [
        f"{len(rows)} documents; the text of {unread} was not read. \"Standing\" says how a document was seen. The",
        "last column counts the criteria that cite it.",
        "",
    ], table((*HEADINGS, "criteria"), rows))  # fmt: skip


def facts_page(knowledge: Knowledge) -> str:
    used = Counter(
        name
        for each in held(knowledge).values()
        for name in {test.fact for test in (*each.criterion.tests, *each.criterion.only_if)}
    )
    return page("Facts", [
        f"{len(FACTS)} facts: what may be known of a patient or an order. The name is also the fact's code in the code",
        f"system `{FACTS_SYSTEM}` and its question in the Questionnaire. A fact that is not recorded is unknown; it is",
        "never taken for \"no\", unless a site closes the world where \"absence\" says that it may.",
        "",
    ], *(section(TOPICS[group], table(
        ("fact", "word", "question", "unit or values", "plausible", "how obtained", "freshness", "absence", "criteria"),
        _facts(group, used, knowledge),
    )) for group in GROUPS))  # fmt: skip


def _facts(group: str, used: Counter[str], knowledge: Knowledge) -> Iterator[Sequence[str]]:
    for name, fact in FACTS.items():
        if fact_group(name) == group:
            yield (
                f"`{name}`", fact_word(name), fact_question(name), _values(fact), _plausible(fact), fact.how_obtained,
                words.window(fact.freshness, knowledge),
                "never means no" if fact.absence_means_no == "never" else "may mean no, as the site sets it",
                str(used[name] or ""),
            )  # fmt: skip


def _values(fact: FactDefinition) -> str:
    if fact.type == "boolean":
        return "yes, no"
    return ", ".join(map(plain, fact.values)) or fact.unit


def _plausible(fact: FactDefinition) -> str:
    if fact.minimum is None and fact.maximum is None:
        return ""
    low = "" if fact.minimum is None else number_text(fact.minimum, fact.unit)
    high = "" if fact.maximum is None else number_text(fact.maximum, fact.unit)
    return f"{low} to {high}"
