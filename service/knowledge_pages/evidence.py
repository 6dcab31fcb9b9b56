"""Which criteria rest on general knowledge or convention, so that somebody at the site must sign them off."""

from __future__ import annotations

from dataclasses import dataclass

from service.knowledge_pages.criteria import Held, held
from service.knowledge_pages.words import kind, requirements, sources
from service.rules.model import Knowledge


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
