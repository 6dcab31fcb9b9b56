"""The page that lists all thresholds. Knows no values in force, only defaults."""

from __future__ import annotations

from collections.abc import Sequence

from service.knowledge_pages import words
from service.knowledge_pages.cases_held import CasesHeld
from service.knowledge_pages.criteria import held
from service.knowledge_pages.markdown import page, table
from service.rules.model import Knowledge, Threshold


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
