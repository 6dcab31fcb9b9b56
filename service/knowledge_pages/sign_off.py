"""What somebody at the site must sign off: for a terminal, and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.codes.rows import read
from service.codes.tables import UNVERIFIED
from service.knowledge_pages.criteria import held
from service.knowledge_pages.evidence import sign_offs
from service.knowledge_pages.evidence_counts import HEADINGS, counts
from service.knowledge_pages.markdown import page, section, table
from service.knowledge_pages.words import SIGN_OFF
from service.rules.model import Knowledge


def lines(knowledge: Knowledge) -> Iterator[str]:
    """The report for a terminal."""
    listed = sign_offs(knowledge)
    module = None
    for each in listed:
        if each.module != module:
            module = each.module
            yield module
        yield str(each)
    yield f"{len(listed)} of {len(held(knowledge))} criteria: {SIGN_OFF}"
    yield "criteria per evidence and best standing of what they cite:"
    yield from (
        ", ".join(f"{head} {cell}" for head, cell in zip(HEADINGS, row, strict=True)) for row in counts(knowledge)
    )


def evidence_page(knowledge: Knowledge) -> str:
    listed = sign_offs(knowledge)
    modules = dict.fromkeys(each.module for each in listed)
    return page("Criteria that need local sign-off", [
        "These criteria rest on general knowledge or on what centres usually do, not on a text that was read for this",
        "project. A tumour board lead and the responsible specialist should confirm or change each before it is used",
        "on patients.",
        "",
        f"{len(listed)} of {len(held(knowledge))} criteria.",
        "",
    ], section("How criteria came about", [
        "Each criterion is counted once, under the best standing among the documents it cites.",
    ], table(HEADINGS, counts(knowledge))), *(
        section(f"`{module}`", table(
            ("criterion", "weight", "basis", "requirement", "sources", "therapies"),
            (
                (f"{each.title} (`{each.criterion}`)", each.kind, each.basis, each.requirement, each.sources,
                 ", ".join(each.therapies))
                for each in listed if each.module == module
            ),
        )) for module in modules
    ), section("Codes that nobody has verified", [
        "What rests on one of these alone settles no absolute or required criterion. A site that knows the code maps",
        "it under `fact_codes` in its clients file; then it counts.",
    ], table(("code", "display", "gives", "source"), _codes())))  # fmt: skip


def _codes() -> Iterator[Sequence[str]]:
    for name, given in (("observations.csv", "fact"), ("inputs.csv", "name")):
        for row in read(name):
            if (row["system"], row["code"]) in UNVERIFIED:
                yield f"`{row['code']}` ({row['system']})", row["display"], f"`{row[given]}`", row["source"]
