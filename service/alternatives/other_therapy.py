"""The facts of a patient as they would be if another therapy were ordered. Knows no rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from service.clinical.derive import derive
from service.clinical.derived.rules import RULES
from service.clinical.freshness import Window
from service.clinical.values import Fact, Origin, known

_COMPUTED = frozenset(rule.fact for rule in RULES)
_DEVICES = {"y90-glass": "glass", "y90-resin": "resin"}
_OF_THE_ORDER = frozenset({"ordered_therapy", "order_phase", "y90_device"})


def facts_without_order(facts: Mapping[str, Fact], only_this_order: Collection[str]) -> dict[str, Fact]:
    """The facts that hold whatever is ordered: without those of the order and whatever was computed from them.

    What stays of the computed ones is marked as such, so that it is not computed again.
    """
    gone = set(_OF_THE_ORDER.union(only_this_order))
    for rule in RULES:
        if rule.fact in facts and _from_order(facts[rule.fact], gone, rule.reads):
            gone.add(rule.fact)
    return {name: _settled(name, fact) for name, fact in facts.items() if name not in gone}


def _from_order(fact: Fact, gone: set[str], reads: Collection[str]) -> bool:
    used = set(fact.inputs) or (set(reads) if fact.is_unknown else set())
    return not gone.isdisjoint(used)


def _settled(name: str, fact: Fact) -> Fact:
    recorded = fact.is_unknown and fact.origin is not Origin.COMPUTED and name in _COMPUTED
    return fact._replace(origin=Origin.COMPUTED) if recorded else fact


def facts_for(therapy: str, kept: Mapping[str, Fact], now: date, windows: Mapping[str, Window]) -> dict[str, Fact]:
    """`kept` with an order for `therapy` in place of the one that was written."""
    values = {"ordered_therapy": therapy, "order_phase": "therapy", "y90_device": _DEVICES.get(therapy, "")}
    order = {name: known(name, value, source="order") for name, value in values.items() if value}
    return derive({**kept, **order}, now, windows)
