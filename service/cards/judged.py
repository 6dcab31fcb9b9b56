"""Joins the findings of one order's candidate therapies: rows they share are judged once, others name theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from service.cards.roots import root
from service.clinical.values import Fact
from service.rules.decision import Decision, Finding, Outcome
from service.rules.model import Kind, Missing, When

KIND_RANK = {kind: rank for rank, kind in enumerate(Kind)}
DECIDING = frozenset({Kind.ABSOLUTE, Kind.REQUIRED, Kind.RELATIVE})
ASKED = (Missing.BLOCK, Missing.ASK)


class Judged(NamedTuple):
    """A finding and the therapies (their short names) that it concerns; none named: all of the card's."""

    finding: Finding
    facts: Mapping[str, Fact]
    therapies: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.finding.kind

    @property
    def only_for(self) -> str:
        """ "applies if glass" or nothing."""
        return f"applies if {' or '.join(self.therapies)}" if self.therapies else ""

    @property
    def datum(self) -> tuple[str, ...]:
        """The facts that the row reads: rows with the same datum make one line."""
        names = self.finding.fact_names
        return names if len(names) > 1 else (root(self.finding.fact, self.facts),)

    @property
    def is_against(self) -> bool:
        """Not met. A preference about something that the record does not say is no finding."""
        finding = self.finding
        if finding.outcome is not Outcome.NOT_MET or finding.when is not When.ORDER:
            return False
        return finding.fact.value != "not_recorded" or finding.kind in DECIDING

    @property
    def is_conditional(self) -> bool:
        """Known to be unfavourable (so it has its sentence), under a condition that could not be settled."""
        finding = self.finding
        unsettled = finding.outcome is Outcome.UNKNOWN and bool(finding.applies_if and finding.say)
        return unsettled and not finding.fact.is_unknown and finding.when is When.ORDER

    @property
    def is_open(self) -> bool:
        """Unknown, and its being unknown reaches the status."""
        finding = self.finding
        unknown = finding.outcome is Outcome.UNKNOWN and finding.when is When.ORDER
        return unknown and finding.kind in DECIDING and finding.missing in ASKED


def joined(decisions: Sequence[Decision]) -> tuple[Judged, ...]:
    """Every finding of the candidates once, in the order of the first that has it."""
    if len(decisions) == 1:
        # Ids are unique within a therapy: nothing to compare, and most cards are of one.
        return tuple(Judged(finding, decisions[0].facts) for finding in decisions[0].findings)
    found: dict[tuple[object, ...], tuple[Finding, Mapping[str, Fact], list[str]]] = {}
    for decision in decisions:
        for finding in decision.findings:
            _, _, therapies = found.setdefault(_same(finding), (finding, decision.facts, []))
            therapies.append(decision.short)
    return tuple(
        Judged(finding, facts, () if len(therapies) >= len(decisions) else tuple(therapies))
        for finding, facts, therapies in found.values()
    )


def _same(finding: Finding) -> tuple[object, ...]:
    """What two therapies' rows must agree in to be one: a therapy may redeclare a threshold or a kind."""
    return (finding.criterion, finding.kind, finding.outcome, finding.found, finding.limit, finding.missing,
            finding.applies_if, finding.when)  # fmt: skip


def worst_first(rows: Iterable[Judged]) -> list[Judged]:
    """By kind; what holds before what may hold, rows for all candidates before those for some; else as in the files."""
    return sorted(rows, key=lambda row: (KIND_RANK[row.kind], row.is_conditional, bool(row.therapies)))


def per_datum(rows: Iterable[Judged]) -> tuple[Judged, ...]:
    """Rows that read the same datum as one, the worst. A row for some candidates stays beside a milder one for all."""
    kept: dict[tuple[tuple[str, ...], tuple[str, ...]], Judged] = {}
    for row in worst_first(rows):
        datum = row.datum
        if (datum, ()) not in kept:
            kept.setdefault((datum, row.therapies), row)
    return tuple(kept.values())
