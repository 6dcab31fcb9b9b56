"""What is not recorded, by fact and never by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from service.cards.judged import ASKED, DECIDING, KIND_RANK, Judged
from service.cards.lacking import waited_for
from service.cards.names import FactNames, place
from service.cards.text import clip, escaped
from service.clinical.values import NOT_RECORDED, Fact, Origin
from service.rules.decision import Outcome
from service.rules.model import Missing, When
from service.rules.wording import fact_text

_NAMED_IF = (*ASKED, Missing.WARN)
_REMARK_LIMIT = 60


class Waiting(NamedTuple):
    """A row that is unknown, and the facts that it waits for."""

    row: Judged
    facts: tuple[Fact, ...]


@dataclass(frozen=True, eq=False)
class Gap:
    """A fact that an unknown criterion waits for.

    judged   what was found all the same, on the day `as_of`
    decides  whether a criterion waits for it whose being unknown reaches the status
    """

    fact: str
    word: str
    group: str
    decides: bool
    judged: Fact
    as_of: date

    @cached_property
    def text(self) -> str:
        """ "INR (last 1.3, 71 days old)", "AFP (preliminary)", "ECOG"."""
        remark = clip(escaped(_remark(self.judged, self.as_of)), _REMARK_LIMIT)
        return f"{escaped(self.word)} ({remark})" if remark else escaped(self.word)


def waiting(rows: Iterable[Judged]) -> tuple[Waiting, ...]:
    return tuple(Waiting(row, waited_for(row)) for row in rows if _waits(row))


def gaps(waits: Sequence[Waiting], names: FactNames, as_of: date) -> tuple[Gap, ...]:
    """The missing facts, those of the gravest criteria first, of equal ones the laboratory before history, in each
    group those that most criteria wait for."""
    found: dict[str, Gap] = {}
    weight = weights(waits)
    ranked = [
        ((*_rank(row), place(names.group(fact.name)), -weight[fact.name]), row, fact)
        for row, facts in waits for fact in facts
    ]  # fmt: skip
    for _, row, fact in sorted(ranked, key=itemgetter(0)):
        if fact.name not in found:
            group = names.group(fact.name)
            found[fact.name] = Gap(fact.name, names.word(fact.name), group, row.is_open, fact, as_of)
    return tuple(found.values())


def weights(waits: Iterable[Waiting]) -> Counter[str]:
    """How many criteria that reach the status wait for each fact: the more, the more it decides."""
    return Counter(fact.name for row, facts in waits if row.is_open for fact in facts)


def _waits(row: Judged) -> bool:
    finding = row.finding
    unknown = finding.outcome is Outcome.UNKNOWN and finding.when is When.ORDER and not row.is_conditional
    return unknown and finding.kind in DECIDING and finding.missing in _NAMED_IF


def _rank(row: Judged) -> tuple[bool, int, int]:
    return (not row.is_open, KIND_RANK[row.kind], _NAMED_IF.index(row.finding.missing))


def _remark(fact: Fact, as_of: date) -> str:
    last = fact.last
    if not fact.is_unknown:
        return f"only {fact_text(fact)}" if fact_text(fact) else ""
    if last is not None and last.on is not None and fact.reason.startswith("stale"):
        return f"last {fact_text(last)}, {(as_of - last.on).days} days old"
    # The reason of a computed fact lists its inputs, which stand beside it themselves.
    reason = "" if fact.reason == NOT_RECORDED or fact.origin is Origin.COMPUTED else fact.reason
    return ", ".join(filter(None, (fact_text(fact), reason)))
