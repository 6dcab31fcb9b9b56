"""A chart: what was read of one patient for one order: facts with their sources, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.clinical.values import Fact, unknown


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A resource that was not used: `resource` is "Observation/x9" (or "labs[3]" without an id), `reason` says why.

    The reason names elements and rules, never a patient's value.
    """

    resource: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`facts` holds read, asked and computed facts by name; a name that is absent was not recorded.

    `alerts` are said first on every card ("The patient is recorded as deceased.").
    `incomplete` lists what could not be had at all ("labs: the EHR reported an error"), in words for a clinician.
    """

    facts: Mapping[str, Fact]
    unreadable: tuple[Unreadable, ...] = ()
    incomplete: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def fact(self, name: str) -> Fact:
        found = self.facts.get(name)
        return unknown(name) if found is None else found
