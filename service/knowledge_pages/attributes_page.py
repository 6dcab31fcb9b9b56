"""The source attributes as a page and as JSON (docs/safety/source-attributes.md, `/dsi/…`)."""

from __future__ import annotations

from typing import Any

from service.knowledge_pages.attributes import attributes
from service.knowledge_pages.markdown import page, table
from service.rules.model import Knowledge


def attributes_json(knowledge: Knowledge) -> dict[str, Any]:
    return {
        "type": "evidence-based decision support intervention",
        "knowledge": knowledge.version,
        "attributes": [
            {"name": each.name, "text": each.text} | ({} if each.used is None else {"used": each.used})
            for each in attributes(knowledge)
        ],
        "citations": [
            {"key": key, "title": each.title, "year": each.year, "url": each.url, "read": each.read}
            for key, each in sorted(knowledge.references.items())
        ],
    }


def attributes_page(knowledge: Knowledge) -> str:
    return page("Source attributes", [
        "For 45 CFR 170.315(b)(11), decision support interventions (ONC HTI-1). This is an evidence-based",
        "intervention: no part was learned from data, so the attributes of predictive interventions do not apply.",
        "Written by `liver-cds knowledge attributes`; a test compares. What is said not to be used is proved by",
        "`tests/knowledge/test_attributes.py`: with such data added to every fixture, every decision stays the same.",
        "",
    ], table(
        ("", "attribute", "value"),
        ((str(number), each.name, each.text) for number, each in enumerate(attributes(knowledge), start=1)),
    ), [
        "", "Documents: [references](../knowledge/references.md). Data read: [facts](../knowledge/facts.md). The",
        "estimated filtration rate is the formula of 2021 without race; results of formulas with race are never read",
        "(`service/codes/rejected.csv`).",
    ])  # fmt: skip
