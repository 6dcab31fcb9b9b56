"""Source attributes of evidence-based decision support, 45 CFR 170.315(b)(11) (ONC HTI-1), from the data.

What is said not to be used is proved by tests/knowledge/test_attributes.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from service.clinical.derived.registry import dependents
from service.clinical.derived.rules import RULES
from service.codes.groups import fact_word
from service.knowledge_pages.criteria import held
from service.rules.model import Knowledge

NOT_USED = ("race", "ethnicity", "language", "sexual orientation", "gender identity", "social determinants of health")
HEALTH_STATUS = ("ecog", "pregnant", "asa_class", "nyha_class", "life_expectancy")
"""Facts of the USCDI class "health status assessments": functional and pregnancy status, and judgements like them."""
_COMPUTED = {rule.fact: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Attribute:
    """`used`: whether the data element is used; None for attributes that are no data element."""

    name: str
    text: str
    used: bool | None = None


def attributes(knowledge: Knowledge) -> tuple[Attribute, ...]:
    """The thirteen of the rule, in its order."""
    return (*_about(knowledge), *_elements(knowledge))


def _about(knowledge: Knowledge) -> Iterator[Attribute]:
    read = sum(reference.read for reference in knowledge.references.values())
    yield Attribute(
        "bibliographic citation",
        f"{len(knowledge.references)} documents, of which the text of {read} was read; every criterion names its own",
    )
    yield Attribute("developer", "the maintainers of liver-cds, and the site that runs it for its own thresholds")
    yield Attribute("funding of the technical implementation", "none stated by the maintainers")
    yield Attribute(
        "release and revision dates",
        f"liver-cds {version('liver-cds')}, knowledge {knowledge.version[:12]}; the changelog dates every release, the"
        " references give the year of each document",
    )


def _elements(knowledge: Knowledge) -> Iterator[Attribute]:
    judged = {
        name
        for each in held(knowledge).values()
        for name in {test.fact for test in (*each.criterion.tests, *each.criterion.only_if)}
    }
    unused = {name: Attribute(name, "not used", used=False) for name in NOT_USED}
    yield from (unused[name] for name in NOT_USED[:5])
    yield _element("sex", dependents(_COMPUTED, "sex"), judged)
    yield _element("date of birth", {"age"} | dependents(_COMPUTED, "age"), judged)
    yield unused[NOT_USED[5]]
    yield _element("health status assessments", HEALTH_STATUS, judged)


def _element(name: str, facts: frozenset[str] | set[str] | tuple[str, ...], judged: set[str]) -> Attribute:
    used = sorted(fact_word(fact) for fact in facts if fact in judged)
    return Attribute(name, f"used for {', '.join(used)}" if used else "not used", used=bool(used))
