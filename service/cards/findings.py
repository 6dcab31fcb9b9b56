"""Writes one finding as a line of the detail. Knows no limits of the card as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from service.cards.datum import datum, fact_type
from service.cards.judged import Judged
from service.cards.limits import default_text, is_repeated, limit_text, local_kind_text
from service.cards.names import FactNames
from service.cards.text import capital, clip, escaped
from service.cards.words import origin_text
from service.rules.decision import Finding
from service.rules.model import Kind, Reference

LINE_LIMIT = 160


def line(row: Judged, names: FactNames, references: Mapping[str, Reference], as_of: date, *, most_cited: int) -> str:
    """ "**Ascites, refractory** (Condition, 12 Oct 2026): absolute; allowed none [CRA]"."""
    finding = row.finding
    head = clip(escaped(_head(finding, names)), LINE_LIMIT)
    subject = f"**{head}**" if row.kind is Kind.ABSOLUTE and row.is_against else head
    limit = clip(escaped(_limit(finding)), 80)
    terms = "; ".join(filter(None, (row.kind.value + local_kind_text(finding), limit)))
    conflict = "; sources differ" if finding.conflict else ""
    citation = cited(finding.cite, references, most_cited)
    return f"{subject}{escaped_origin(finding, as_of)}: {terms}{conflict}{_conditions(row)}{citation}"


def _conditions(row: Judged) -> str:
    """ "; applies if kind of tumour is HCC and if Layered TACE"."""
    given, only = (clip(escaped(text), 90) for text in (row.finding.applies_if, row.only_for))
    if given and only:
        return f"; {given} and {only.removeprefix('applies ')}"
    return f"; {given or only}" if given or only else ""


def _limit(finding: Finding) -> str:
    """The limit in force unless it is said before, or the whole row is a sentence; a local one with its default."""
    default = default_text(finding)
    if _reads_better_as_sentence(finding):
        said = not default or finding.limit in finding.say
    else:
        said = not default and is_repeated(finding)
    return f"{'' if said else limit_text(finding)}{default}".removeprefix(", ")


def escaped_origin(finding: Finding, as_of: date) -> str:
    text = origin_text(finding.fact, as_of)
    return f" {escaped(text)}" if text else ""


def _head(finding: Finding, names: FactNames) -> str:
    if _reads_better_as_sentence(finding):
        return finding.say.rstrip(". ")
    return capital(datum(finding, names))


def _reads_better_as_sentence(finding: Finding) -> bool:
    """Yes or no, days gone by, several facts at once, the words of a label and a coded value that is no absolute limit
    say little as a bare value."""
    return bool(finding.say) and (not finding.found or len(finding.fact_names) > 1 or _is_bare(finding))


def _is_bare(finding: Finding) -> bool:
    kind = fact_type(finding)
    mild = finding.kind is not Kind.ABSOLUTE
    label = finding.kind in {Kind.PREFERRED, Kind.CAUTION} and "label" in finding.say
    return kind in {"boolean", "date_age"} or (kind == "coded" and mild) or label


def cited(keys: tuple[str, ...], references: Mapping[str, Reference], most: int) -> str:
    """ " [CRA, SHZ +1]": the first citation keys; the year follows a key that does not show one."""
    shown = [_key(key, references) for key in keys[:most]]
    more = f" +{len(keys) - most}" if len(keys) > most else ""
    return f" [{', '.join(shown)}{more}]" if shown else ""


def _key(key: str, references: Mapping[str, Reference]) -> str:
    reference = references.get(key)
    year = f" {reference.year}" if reference and reference.year and not any(c.isdigit() for c in key) else ""
    return f"{escaped(key)}{year}"
