"""Which facts are computed, from which inputs, and in which order. A cycle or a second rule stops the import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from graphlib import TopologicalSorter

from service.clinical.derived.answers import Answer
from service.clinical.derived.auxiliary import freshness_class
from service.clinical.derived.given import Given


class Precedence(Enum):
    """What holds when a fact that can be computed is also given."""

    GIVEN = "the given value stands"
    COMPUTED = "the computed value is the fact, a recorded one is shown beside it"
    BOTH = "the computation takes the given value as one of its inputs"
    SILENCE = "the given value stands, and saying nothing is an answer: never unknown"


Computation = Callable[[Given], Answer]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How one fact is computed.

    `also` are inputs that count only where they are recorded: nobody is asked for them. `dated_by` names the inputs
    whose dates are its date (empty: see dates.py).
    """

    fact: str
    inputs: tuple[str, ...]
    compute: Computation
    precedence: Precedence = Precedence.GIVEN
    also: tuple[str, ...] = ()
    dated_by: tuple[str, ...] = ()
    reads: tuple[str, ...] = field(init=False)
    """every name that the computation may read, its own (as given) included"""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reads", (*self.inputs, *self.also, self.fact))

    def answer(self, given: Given) -> Answer:
        """None where a formula does not accept its inputs (a logarithm of 0): nothing can be said."""
        try:
            return self.compute(given)
        except (ValueError, ArithmeticError):
            return None


_RULES: dict[str, Rule] = {}


def computed(
    fact: str,
    *inputs: str,
    precedence: Precedence = Precedence.GIVEN,
    also: tuple[str, ...] = (),
    dated_by: tuple[str, ...] = (),
) -> Callable[[Computation], Computation]:
    """Register a computation of `fact` from `inputs`; KeyError for a name that nobody defines."""
    for name in (fact, *inputs, *also, *dated_by):
        freshness_class(name)

    def register(compute: Computation) -> Computation:
        if fact in _RULES:
            raise ValueError(f"{fact} is computed twice")
        _RULES[fact] = Rule(fact, inputs, compute, precedence, also, dated_by)
        return compute

    return register


def in_order(rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """The rules, each after those that its inputs need; graphlib.CycleError when they need one another."""
    needs = {name: [other for other in rule.reads if other != name] for name, rule in rules.items()}
    return tuple(rules[name] for name in TopologicalSorter(needs).static_order() if name in rules)


def dependents(rules: Mapping[str, Rule], name: str) -> frozenset[str]:
    """Every computed fact that rests on `name`, directly or through others."""
    direct = {rule.fact for rule in rules.values() if name in rule.reads and rule.fact != name}
    return frozenset(direct).union(*(dependents(rules, other) for other in direct))


def registered() -> Mapping[str, Rule]:
    return dict(_RULES)
