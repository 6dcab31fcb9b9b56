"""Everything a card needs to know of one order's decisions, read once: rows, what to name, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.cards.candidates import Tumours, candidates
from service.cards.gaps import Gap, Waiting, gaps, waiting
from service.cards.judged import KIND_RANK, Judged, joined, per_datum, worst_first
from service.cards.names import FactNames
from service.cards.outcomes import counts
from service.clinical.values import Fact
from service.rules.decision import Decision, Status
from service.rules.model import Kind, Reference

_AGAINST = frozenset({Status.CONTRAINDICATED, Status.NOT_MET, Status.REVIEW})


@dataclass(frozen=True, slots=True)
class Reading:
    """`decisions`, `set_aside` and `first` are those of candidates.py. `rows` are all findings, `against` those not
    met, `points` those to name, worst first and one per datum: against the order, and of each kind after them those
    that count only under an open condition. `waits` are the unknown ones with what they wait for, `missing` the facts.
    """

    decisions: Sequence[Decision]
    set_aside: Sequence[Decision]
    first: frozenset[str]
    rows: tuple[Judged, ...]
    against: tuple[Judged, ...]
    points: tuple[Judged, ...]
    waits: tuple[Waiting, ...]
    missing: tuple[Gap, ...]
    names: FactNames
    references: Mapping[str, Reference]
    counts: tuple[int, int]
    """how many criteria are met, of how many; those for the day of the procedure are not counted"""

    @property
    def status(self) -> Status:
        """The worst of the candidates'."""
        return min(decision.status for decision in self.decisions)

    @property
    def speaks_against(self) -> bool:
        """Whether anything graver than a preference stands against the order, if only under an open condition."""
        return self.status in _AGAINST or any(row.kind is not Kind.PREFERRED for row in self.points)

    @property
    def as_of(self) -> date:
        return self.decisions[0].as_of

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.decisions[0].facts


def read(every: Sequence[Decision], names: FactNames, references: Mapping[str, Reference], tumours: Tumours) -> Reading:
    decisions, set_aside, first = candidates(every, tumours)
    rows = joined(decisions)
    against = tuple(row for row in rows if row.is_against)
    worst = per_datum(against)
    conditional = per_datum(row for row in rows if row.is_conditional and not _said(row, worst))
    waits = waiting(rows)
    missing = gaps(waits, names, decisions[0].as_of)
    points = tuple(worst_first((*worst, *conditional)))
    return Reading(
        decisions, set_aside, first, rows, against, points, waits, missing, names, references, counts(decisions)
    )  # fmt: skip


def _said(row: Judged, against: Sequence[Judged]) -> bool:
    """Whether the same datum already stands against the order at least as badly: a condition adds nothing to that."""
    return any(other.datum == row.datum and KIND_RANK[other.kind] <= KIND_RANK[row.kind] for other in against)
