"""The page that lists all facts: words, units, values, how each is obtained. Knows no patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from service.clinical.dictionary import FACTS, FactDefinition
from service.codes.groups import GROUP_TITLES, fact_group, fact_question, fact_word
from service.codes.own import FACTS_SYSTEM, NEVER, VALUES_SYSTEM
from service.codes.spelling import words as plain
from service.knowledge_pages import words
from service.knowledge_pages.criteria import held
from service.knowledge_pages.markdown import page, section, table
from service.rules.amounts import number_text
from service.rules.model import Knowledge


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
        f"Days since something are answered by a date, by days, or by the code `{NEVER}` of `{VALUES_SYSTEM}`.",
        "",
    ], *(section(title, table(
        ("fact", "word", "question", "unit or values", "plausible", "how obtained", "freshness", "absence", "criteria"),
        _facts(group, used, knowledge),
    )) for group, title in GROUP_TITLES.items()))  # fmt: skip


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
