"""Which criteria rest on general knowledge or convention, so that somebody at the site must sign them off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.codes.rows import read
from service.codes.tables import UNVERIFIED
from service.knowledge_pages.criteria import Held, held, standing
from service.knowledge_pages.markdown import page, section, table
from service.knowledge_pages.words import SIGN_OFF, kind, requirements, sources
from service.rules.model import STANDINGS, Knowledge

UNSIGNED = ("knowledge", "convention")
EVIDENCE = ("read", *UNSIGNED)
"""How a row came about: from a text that was read, from general knowledge, from what centres usually do."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """One criterion that needs local sign-off, in words. `module` is the file it stands in."""

    module: str
    criterion: str
    title: str
    kind: str
    basis: str
    requirement: str
    sources: str
    therapies: tuple[str, ...]

    def __str__(self) -> str:
        said = f"{self.title}; {self.requirement.replace('**or**', 'or').replace('`', '')}"
        return f"  {self.criterion} ({self.kind}, {self.basis}): {said}; {self.sources}; in {', '.join(self.therapies)}"


def sign_offs(knowledge: Knowledge) -> tuple[SignOff, ...]:
    """By file; within one in the order of the file. What has no mark at all counts as unsigned too."""
    found = [each for each in held(knowledge).values() if each.criterion.evidence != "read"]
    return tuple(_sign_off(each, knowledge) for each in sorted(found, key=lambda each: each.criterion.module))


def _sign_off(each: Held, knowledge: Knowledge) -> SignOff:
    criterion = each.criterion
    return SignOff(
        module=criterion.module,
        criterion=criterion.id,
        title=criterion.title,
        kind=kind(criterion),
        basis=criterion.evidence or "not stated",
        requirement=requirements(criterion, knowledge.thresholds),
        sources=sources(criterion.cite, knowledge.references),
        therapies=each.therapies,
    )


def counts(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Criteria per evidence (rows) and best standing of their citations (columns), each row with its total."""
    found = Counter((each.criterion.evidence, standing(each.criterion, knowledge)) for each in held(knowledge).values())
    return [
        (
            name,
            *(str(found[name, seen]) for seen in STANDINGS),
            str(sum(n for (row, _), n in found.items() if row == name)),
        )
        for name in dict.fromkeys((*EVIDENCE, *(row for row, _ in found)))
    ]


HEADINGS = ("evidence", *STANDINGS, "all")


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
