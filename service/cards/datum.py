"""The datum of a finding in words, and the finding as an item of the summary. Knows no limits of the whole card."""

from __future__ import annotations

from decimal import Decimal

from service.cards.judged import Judged
from service.cards.names import FactNames
from service.cards.text import clip, plain
from service.cards.words import ago
from service.clinical.dictionary import FACTS
from service.rules.decision import Finding

ITEM_LIMIT = 46
_LABELS = ("stage", "grade", "class")


def datum(finding: Finding, names: FactNames) -> str:
    """ "ascites, refractory", "bilirubin 2.4 mg/dL", "pregnant", "diagnosis confirmed: no"."""
    word = names.word(finding.fact.name)
    found = _found(finding)
    if not found or finding.fact.value is True:
        return word
    if finding.fact.value is False:
        return f"{word}: no"
    kind = fact_type(finding)
    if kind == "date_age":
        return f"{word} {ago(found)}"
    if kind in {"boolean", "coded", ""}:
        return f"{word} {found}" if word.endswith(_LABELS) else f"{word}, {found}"
    return f"{word}: {found}" if _is_count(finding, word) else f"{word} {found}"


def _is_count(finding: Finding, word: str) -> bool:
    """A bare number after several words, or after a number, would be read as part of them."""
    definition = FACTS[finding.fact.name]
    return word[-1].isdigit() or (definition.type == "integer" and definition.unit == "1")


def _found(finding: Finding) -> str:
    """Numbers that are all still possible read as a range."""
    numbers = [value for value in finding.fact.values if isinstance(value, Decimal)]
    if len(numbers) < 3 or numbers != list(finding.fact.values):
        return finding.found
    return f"{min(numbers):f}–{max(numbers):f}"


def item(row: Judged, names: FactNames) -> str:
    """The finding as the summary names it."""
    words = clip(plain(_label(row.finding) or datum(row.finding, names)), ITEM_LIMIT)
    if row.is_conditional:
        return f"{words} (conditional)"
    return f"{words}, {clip('if ' + ' or '.join(row.therapies), 24)}" if row.therapies else words


def _label(finding: Finding) -> str:
    """ "outside US label" of a sentence that begins with it: no value says as much."""
    label, colon, _ = finding.say.partition(":")
    return f"{label[:1].lower()}{label[1:]}" if colon and label.endswith(" label") else ""


def fact_type(finding: Finding) -> str:
    definition = FACTS.get(finding.fact.name)
    return "" if definition is None else definition.type
