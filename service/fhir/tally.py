"""All readings gathered by fact, and the times of resources that might have given it but could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from service.clinical.values import Fact
from service.fhir.choose import choose, spoil
from service.fhir.moments import Moment
from service.fhir.reading import Reading


@dataclass(slots=True)
class Tally:
    readings: dict[str, list[Reading]] = field(default_factory=lambda: defaultdict(list))
    unreadable: dict[str, list[Moment | None]] = field(default_factory=lambda: defaultdict(list))
    sessions: list[Moment | None] = field(default_factory=list)
    """times of earlier TACE and TAE; None: one whose day is not known"""
    ahead: set[str] = field(default_factory=set)
    """facts of which something on record is dated in the future, which is not used"""

    def add(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            self.readings[reading.fact.name].append(reading)

    def spoiled(self, facts: Iterable[str], when: Moment | None) -> None:
        """A resource of this time might have given these facts but could not be read."""
        for fact in facts:
            self.unreadable[fact].append(when)

    @property
    def names(self) -> set[str]:
        return {*self.readings, *self.unreadable}

    def settle(self, name: str, more: Tally | None = None) -> tuple[Fact | None, bool]:
        """The fact, and whether it rests on something that still holds (an active Condition). `more`: of an order."""
        tallies = [self] if more is None else [self, more]
        chosen = choose([reading for tally in tallies for reading in tally.readings.get(name, ())])
        fact = spoil(chosen, [time for tally in tallies for time in tally.unreadable.get(name, ())], name)
        return fact, chosen is not None and chosen.ongoing


def facts_of(tally: Tally) -> tuple[Mapping[str, Fact], frozenset[str]]:
    """Every fact that was read, and the names of those that still hold."""
    settled = {name: tally.settle(name) for name in sorted(tally.names)}
    facts = {name: fact for name, (fact, _) in settled.items() if fact is not None}
    return facts, frozenset(name for name, (_, ongoing) in settled.items() if ongoing)
