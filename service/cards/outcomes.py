"""How the criteria of one order came out: one count for the card's readers and for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.rules.decision import Decision, Outcome
from service.rules.model import When

Outcomes = Mapping[Outcome, frozenset[str]]
"""ids of criteria by outcome, each once"""


def outcomes(decisions: Sequence[Decision]) -> Mapping[When, Outcomes]:
    """The criteria that count for the order, and those for the day of the procedure.

    Where the candidates' outcomes differ, not met goes before unknown, and that before met.
    """
    found: dict[When, dict[Outcome, set[str]]] = {when: {outcome: set() for outcome in Outcome} for when in When}
    for decision in decisions:
        for finding in decision.findings:
            found[finding.when][finding.outcome].add(finding.criterion)
    return {when: _settled(each) for when, each in found.items()}


def _settled(found: Mapping[Outcome, set[str]]) -> Outcomes:
    not_met, unknown = found[Outcome.NOT_MET], found[Outcome.UNKNOWN] - found[Outcome.NOT_MET]
    return {
        Outcome.NOT_MET: frozenset(not_met),
        Outcome.UNKNOWN: frozenset(unknown),
        Outcome.MET: frozenset(found[Outcome.MET] - not_met - unknown),
    }


def counts(decisions: Sequence[Decision]) -> tuple[int, int]:
    """How many criteria are met, of how many; those for the day of the procedure are not counted."""
    found = outcomes(decisions)[When.ORDER]
    return len(found[Outcome.MET]), sum(map(len, found.values()))
