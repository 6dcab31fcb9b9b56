"""What the rule files for alternatives mean once loaded. Written by the loader; knows no patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.clinical.freshness import Window
from service.rules.model import Comparison, Reference, Therapy

THIS_ORDER = "order"
"""In `limits of`: the ordered therapy itself."""


@dataclass(frozen=True, slots=True)
class Named:
    """One alternative as a source names it.

    text        may hold {fact}: the limit of `only_if` on that fact
    therapies   what it would be an order for: the first that is not ruled out; empty for a referral or advice
    same_as     further orders that already are this alternative
    limits_of   whose absolute criteria rule it out, all of them; empty: those of the therapy
    only_if     conditions that the source attaches to it
    """

    text: str
    therapies: tuple[str, ...] = ()
    same_as: frozenset[str] = frozenset()
    limits_of: tuple[str, ...] = ()
    only_if: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires for one of `orders` (None: any) when every comparison of `when` surely holds and every fact of `unknown`
    is unknown. `for_tumour`: it speaks of one kind of tumour."""

    id: str
    orders: frozenset[str] | None
    when: tuple[Comparison, ...]
    unknown: tuple[str, ...]
    named: tuple[Named, ...]
    cite: tuple[str, ...]
    for_tumour: bool = False


@dataclass(frozen=True, slots=True)
class Combination:
    """One of `orders` together with what the order says is planned with it."""

    orders: frozenset[str]
    conditions: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """What the rule files share (rules/groups.yaml).

    orders           words for several orders
    combinations     orders that mean two therapies, by word
    staged_first     facts without which no rule for one kind of tumour applies
    only_this_order  facts that say nothing of another therapy for the same patient
    """

    files: tuple[str, ...]
    orders: Mapping[str, frozenset[str]]
    combinations: Mapping[str, Combination]
    staged_first: tuple[str, ...]
    only_this_order: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules in the order of the sources, and what judging them needs.

    limits      by therapy id: the therapy reduced to what can rule it out
    references  every citation a rule may name, those of the criteria included
    """

    rules: tuple[Rule, ...]
    groups: Groups
    limits: Mapping[str, Therapy]
    windows: Mapping[str, Window]
    references: Mapping[str, Reference]
