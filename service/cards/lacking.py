"""Which facts keep a criterion unknown: of a computed fact, those of its inputs that are missing or stale."""

from __future__ import annotations

from collections.abc import Mapping

from service.cards.judged import Judged
from service.cards.roots import only_computed
from service.clinical.derived.rules import RULES
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, unknown

_INPUTS = {rule.fact: rule.inputs for rule in RULES if rule.fact in FACTS}


def waited_for(row: Judged) -> tuple[Fact, ...]:
    """The facts a row waits for, each once."""
    fact, names = row.finding.fact, row.finding.fact_names
    if len(names) < 2 and not only_computed(fact):
        return () if fact.is_known else (fact,)
    judged = [fact if name == fact.name else _of(row.facts, name) for name in names or (fact.name,)]
    leaves = (leaf for each in judged if not each.is_known for leaf in _leaves(each, row.facts, frozenset()))
    return tuple({leaf.name: leaf for leaf in leaves}.values())


def _of(facts: Mapping[str, Fact], name: str) -> Fact:
    return facts.get(name) or unknown(name)


def _leaves(fact: Fact, facts: Mapping[str, Fact], above: frozenset[str]) -> list[Fact]:
    lacking = [] if fact.name in above else _lacking(fact, facts)
    if not lacking:
        return [fact]
    return [leaf for each in lacking for leaf in _leaves(each, facts, above | {fact.name})]


def _lacking(fact: Fact, facts: Mapping[str, Fact]) -> list[Fact]:
    """The inputs that a computation did without. A fact that may also be recorded itself stands for itself."""
    if fact.last is not None or not only_computed(fact):
        return []
    inputs = [_of(facts, name) for name in _INPUTS.get(fact.name, ())]
    unused = [given for given in inputs if not given.is_known or given.name not in fact.inputs]
    return [given.as_unknown("stale") if given.is_known else given for given in unused]
