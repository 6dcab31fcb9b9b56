"""What is not recorded, by fact and never by row: a computed fact stands for those of its inputs that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from service.cards.judged import ASKED, DECIDING, KIND_RANK, Judged
from service.cards.names import FactNames
from service.cards.text import clip, escaped
from service.cards.words import fact_text
from service.clinical.values import NOT_RECORDED, Fact, unknown
from service.rules.decision import Outcome
from service.rules.model import Missing, When

NAMED_IN = (*ASKED, Missing.WARN)


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that an unknown criterion waits for. `text` is its word with what was found all the same.

    decides  whether a criterion waits for it whose being unknown reaches the status
    """

    fact: str
    word: str
    text: str
    group: str
    decides: bool


def gaps(rows: Iterable[Judged], names: FactNames, as_of: date) -> tuple[Gap, ...]:
    """The missing facts, those of the gravest criteria first."""
    found: dict[str, Gap] = {}
    for row in sorted(filter(_waits, rows), key=_rank):
        for fact in waited_for(row):
            word = names.word(fact.name)
            gap = Gap(fact.name, word, _text(word, fact, as_of), names.group(fact.name), row.is_open)
            found.setdefault(fact.name, gap)
    return tuple(found.values())


def _waits(row: Judged) -> bool:
    finding = row.finding
    unknown = finding.outcome is Outcome.UNKNOWN and finding.when is When.ORDER and not row.is_conditional
    return unknown and finding.kind in DECIDING and finding.missing in NAMED_IN


def _rank(row: Judged) -> tuple[bool, int, int]:
    return (not row.is_open, KIND_RANK[row.kind], NAMED_IN.index(row.finding.missing))


def waited_for(row: Judged) -> tuple[Fact, ...]:
    """The facts that keep a row unknown; for a computed one the inputs that it lacks."""
    finding = row.finding
    names = finding.fact_names or (finding.fact.name,)
    judged = [finding.fact if name == finding.fact.name else _of(row.facts, name) for name in names]
    return tuple(leaf for fact in judged if not fact.is_known for leaf in _leaves(fact, row.facts, frozenset()))


def _of(facts: Mapping[str, Fact], name: str) -> Fact:
    return facts.get(name) or unknown(name)


def _leaves(fact: Fact, facts: Mapping[str, Fact], above: frozenset[str]) -> Iterator[Fact]:
    lacking = [i for i in (_of(facts, n) for n in fact.inputs if n not in above) if not i.is_known]
    if not lacking or fact.name in above:
        yield fact
        return
    for each in lacking:
        yield from _leaves(each, facts, above | {fact.name})


def _text(word: str, fact: Fact, as_of: date) -> str:
    """ "INR (last 1.3, 71 days old)", "AFP (preliminary)", "ECOG"."""
    if fact.last is not None and fact.reason.startswith("stale") and fact.last.on is not None:
        remark = f"last {escaped(fact_text(fact.last))}, {(as_of - fact.last.on).days} days old"
    elif fact.is_unknown:
        last = escaped(fact_text(fact.last)) if fact.last is not None else ""
        reason = "" if fact.reason == NOT_RECORDED else escaped(fact.reason)
        remark = ", ".join(filter(None, (last, reason)))
    else:
        remark = f"only {escaped(fact_text(fact))}" if fact_text(fact) else ""
    return f"{word} ({clip(remark, 60)})" if remark else word
