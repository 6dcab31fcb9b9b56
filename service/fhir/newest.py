"""Observations are validated newest first, and no further than each fact needs: an old one costs nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.fhir.choose import settled_before
from service.fhir.context import Context
from service.fhir.moments import Moment
from service.fhir.observation import read
from service.fhir.reading import Reading
from service.fhir.selection import Selected, observations
from service.fhir.sessions import around_sessions
from service.fhir.tally import Tally

WHOLE_HISTORY = frozenset({"afp"})
"""Facts of which older results count too."""


def read_observations(context: Context, tally: Tally) -> None:
    """Procedures go first: the tally then knows the sessions before and after which some results count."""
    reader = _Reader(context, tally)
    candidates = _by_fact(observations(context), context, tally)
    for fact, found in candidates.items():
        reader.newest(fact, found)
    for name, fact, counts in around_sessions(tally.sessions):
        reader.newest(fact, [each for each in candidates.get(fact, ()) if counts(each.when)], name)


def _by_fact(selected: Iterable[Selected], context: Context, tally: Tally) -> dict[str, list[Selected]]:
    """Candidates of each fact, the newest first, those without a time before them; none that lies in the future."""
    found: dict[str, list[Selected]] = defaultdict(list)
    for each in selected:
        if context.is_future(each.when):
            tally.ahead |= each.facts
            continue
        for fact in each.facts:
            found[fact].append(each)
    for candidates in found.values():
        candidates.sort(key=lambda each: each.when.end.timestamp() if each.when else float("inf"), reverse=True)
    return found


class _Reader:
    def __init__(self, context: Context, tally: Tally) -> None:
        self.context, self.tally = context, tally
        self.done: dict[int, list[Reading] | None] = {}

    def newest(self, fact: str, candidates: Sequence[Selected], name: str = "") -> None:
        """The newest of the candidates go to the tally, under another `name` where they count for another fact."""
        reached: Moment | None = None
        for each in candidates:
            if settled_before(reached, each.when) and fact not in WHOLE_HISTORY:
                return
            readings = self._readings(each)
            if readings is None:
                self.tally.spoiled([name or fact], each.when)
                continue
            given = [reading for reading in readings if reading.fact.name == fact]
            self.tally.add(_renamed(each, name) if name else each for each in given)
            if any(not (reading.fact.preliminary or reading.passed_over) for reading in given):
                reached = _later(reached, each.when)

    def _readings(self, selected: Selected) -> list[Reading] | None:
        key = id(selected)
        if key not in self.done:
            self.done[key] = read(selected, self.context)
        return self.done[key]


def _renamed(reading: Reading, name: str) -> Reading:
    return replace(reading, fact=reading.fact._replace(name=name))


def _later(one: Moment | None, other: Moment | None) -> Moment | None:
    if one is None or other is None:
        return one or other
    return other if other.start > one.start else one
