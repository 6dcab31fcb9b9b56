"""The inputs of one computation, each already unknown where it is stale. An undeclared input is a KeyError."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.clinical.compare import Op, holds
from service.clinical.scores.possible import Answer, Number, Word
from service.clinical.values import Fact, State


@dataclass(frozen=True, slots=True)
class Given:
    """`facts` holds every declared input by name, unknown ones included."""

    facts: Mapping[str, Fact]

    def fact(self, name: str) -> Fact:
        return self.facts[name]

    def yes(self, name: str) -> bool | None:
        return holds(self.facts[name], Op.IS, True)

    def no(self, name: str) -> bool | None:
        return holds(self.facts[name], Op.IS, False)

    def among(self, name: str, *words: str) -> bool | None:
        return holds(self.facts[name], Op.ONE_OF, words)

    def above(self, name: str, limit: str | int) -> bool | None:
        return holds(self.facts[name], Op.ABOVE, Decimal(limit))

    def below(self, name: str, limit: str | int) -> bool | None:
        return holds(self.facts[name], Op.BELOW, Decimal(limit))

    def at_most(self, name: str, limit: str | int) -> bool | None:
        return holds(self.facts[name], Op.AT_MOST, Decimal(limit))

    def at_least(self, name: str, limit: str | int) -> bool | None:
        return holds(self.facts[name], Op.AT_LEAST, Decimal(limit))

    def exact(self, name: str) -> Decimal | None:
        """The number when it is settled, else None."""
        value = self.facts[name].value
        return value if isinstance(value, Decimal) else None

    def number(self, name: str) -> Number:
        """What may be known of a number, in its canonical unit."""
        fact = self.facts[name]
        if fact.state is State.ONE_OF:
            return frozenset(value for value in fact.values if isinstance(value, Decimal))
        return self.exact(name) if fact.interval is None else fact.interval

    def word(self, name: str) -> Word:
        """What may be known of a coded fact."""
        fact = self.facts[name]
        if fact.state is State.ONE_OF:
            return frozenset(value for value in fact.values if isinstance(value, str))
        return fact.value if isinstance(fact.value, str) else None

    def answer(self, name: str) -> Answer:
        """What may be known of a yes or no."""
        return self.yes(name)
