"""What the page says of a recorded decision: its findings in words, grouped. Knows no HTTP and no layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from service.cards.datum import datum
from service.cards.judged import KIND_RANK
from service.cards.limits import default_text, limit_text
from service.cards.names import FROM_DICTIONARY
from service.cards.text import capital, plain
from service.cards.words import origin_text
from service.clinical.dictionary import FACTS
from service.clinical.values import NOT_RECORDED
from service.records.again import NotAgainError, decide_again
from service.records.ledger import Ledger
from service.rules.decision import Decision, Finding, Outcome
from service.rules.model import Knowledge, Reference, When

GROUPS = ("Not met", "Unknown", "Before the procedure", "Met")
STATUS_WORDS = {
    "contraindicated": "An absolute criterion is not met",
    "not_met": "A required criterion is not met",
    "needs_data": "Data are missing",
    "review": "A relative criterion is not met",
    "confirm": "Nothing against it; something has to be confirmed",
    "none_found": "No listed contraindication found",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding. `found`: the datum with its day and kind of source; `says`: the sentence, or what to record."""

    title: str
    kind: str
    found: str
    limit: str
    says: str
    remarks: tuple[str, ...]
    sources: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One therapy. `why_bare`: why only the outcomes on record can be shown; then `bare` has their criteria."""

    title: str
    status: str
    as_of: date
    threshold_set: str
    knowledge: str
    groups: Mapping[str, Sequence[Line]]
    why_bare: str = ""
    bare: tuple[tuple[str, str], ...] = ()


def explanations(ledger: Ledger, card: str, client: str, knowledge: Knowledge) -> list[Explanation]:
    """One for each therapy judged on this card for this client; none if not on record. StorageUnavailableError."""
    rows = [row for row in ledger.decisions(card) if row["client"] == client]
    return [_explained(row, ledger.thresholds(row["threshold_set"]), knowledge) for row in rows]


def _explained(row: Mapping[str, str], content: Mapping[str, object] | None, knowledge: Knowledge) -> Explanation:
    therapy = knowledge.therapies.get(row["therapy"])
    title = therapy.title if therapy else row["therapy"] or "Nothing was judged"
    status = STATUS_WORDS.get(row["status"], row["status"].replace("_", " "))
    as_of = date.fromisoformat(row["as_of"])
    versions = (row["threshold_set"][:8], row["knowledge"][:8])
    try:
        decision = decide_again(row, content, knowledge)
    except NotAgainError as error:
        outcomes = tuple((str(name), str(word)) for name, word in msgspec.json.decode(row["outcomes"]))
        return Explanation(title, status, as_of, *versions, {}, str(error), outcomes)
    return Explanation(title, status, as_of, *versions, _grouped(decision, knowledge.references))


def _grouped(decision: Decision, references: Mapping[str, Reference]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {name: [] for name in GROUPS}
    for finding in sorted(decision.findings, key=lambda each: KIND_RANK[each.kind]):
        groups[_group(finding)].append(_line(finding, decision.as_of, references))
    return {name: lines for name, lines in groups.items() if lines}


def _group(finding: Finding) -> str:
    if finding.when is When.PROCEDURE:
        return "Before the procedure"
    return {Outcome.NOT_MET: "Not met", Outcome.UNKNOWN: "Unknown", Outcome.MET: "Met"}[finding.outcome]


def _line(finding: Finding, as_of: date, references: Mapping[str, Reference]) -> Line:
    definition = FACTS.get(finding.fact.name)
    is_answer = definition is not None and definition.type == "boolean"  # "allowed yes" says nothing
    known = not finding.fact.is_unknown or bool(finding.found)
    found = f"{capital(datum(finding, FROM_DICTIONARY))} {origin_text(finding.fact, as_of)}" if known else ""
    return Line(
        title=finding.title,
        kind=finding.kind.value,
        found=plain(found),
        limit="" if is_answer else limit_text(finding) + default_text(finding),
        says=plain(finding.say or finding.ask),
        remarks=tuple(plain(capital(text)) for text in _remarks(finding)),
        sources=tuple(references[key] for key in finding.cite if key in references),
    )


def _remarks(finding: Finding) -> Iterable[str]:
    if finding.fact.is_unknown and finding.fact.reason not in {"", NOT_RECORDED}:
        yield finding.fact.reason
    if finding.applies_if:
        yield finding.applies_if
    if finding.repeat:
        yield "repeat before the procedure"
    if finding.conflict:
        yield "sources differ"
