"""All pages about the knowledge, as texts by their place in the folder; writes them where it is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from service.codes.spelling import words as plain
from service.knowledge_pages.cases_held import CasesHeld, cases_held
from service.knowledge_pages.criteria import held
from service.knowledge_pages.evidence_counts import HEADINGS, counts
from service.knowledge_pages.fact_page import facts_page
from service.knowledge_pages.markdown import bullets, link, page, section, table
from service.knowledge_pages.reference_page import references_page
from service.knowledge_pages.sign_off import evidence_page
from service.knowledge_pages.therapy_page import therapy_page
from service.knowledge_pages.threshold_page import thresholds_page
from service.rules.model import Knowledge

THERAPIES = "therapies"


def pages(knowledge: Knowledge, cases_folder: Path | None) -> Mapping[str, str]:
    """Relative path -> whole text. The cases named are those of `cases_folder`; raises KnowledgeError."""
    cases = cases_held(knowledge, cases_folder)
    of_therapies = {
        f"{THERAPIES}/{name}.md": therapy_page(therapy, knowledge, cases)
        for name, therapy in sorted(knowledge.therapies.items())
    }
    return {
        "README.md": _index(knowledge, cases),
        "sign-off.md": evidence_page(knowledge),
        "thresholds.md": thresholds_page(knowledge, cases),
        "references.md": references_page(knowledge),
        "facts.md": facts_page(knowledge),
        **of_therapies,
    }


def write_pages(texts: Mapping[str, str], folder: Path) -> None:
    """Writes every page and removes those of therapies that are gone. Leaves all else in `folder` alone."""
    (folder / THERAPIES).mkdir(parents=True, exist_ok=True)
    for old in (folder / THERAPIES).glob("*.md"):
        if f"{THERAPIES}/{old.name}" not in texts:
            old.unlink()
    for place, text in texts.items():
        (folder / place).write_text(text, encoding="utf-8")


def _index(knowledge: Knowledge, cases: CasesHeld) -> str:
    return page("What is judged, and from where", [
        "These pages are written from the therapy files by `liver-cds knowledge write --out docs/knowledge`; a test",
        "compares them with the files. Nobody edits them by hand. The criteria come from public texts and from general",
        "knowledge, not from a clinical board: each row says its sources and whether their text was read.",
        "",
    ], bullets((
        "[Criteria that need local sign-off](sign-off.md)", "[Thresholds](thresholds.md)", "[Facts](facts.md)",
        "[References](references.md)", "[How two documents became one set of criteria](reconciliation.md)",
        "[What the five founding documents say](seeds.md)",
    )), section("Therapies", table(
        ("therapy", "on the card", "tumours", "criteria", "thresholds", "cases"),
        (
            (link(therapy.title, f"{THERAPIES}/{name}.md"), therapy.short, ", ".join(map(plain, therapy.tumours)),
             str(sum(len(each.criteria) for each in therapy.inclusions)), str(len(therapy.thresholds)),
             str(len(cases.of.get(name, ()))))
            for name, therapy in sorted(knowledge.therapies.items())
        ),
    )), section("How criteria came about", [
        f"{len(held(knowledge))} criteria, each counted once, under the best standing among the documents it cites.",
    ], table(HEADINGS, counts(knowledge))))  # fmt: skip
