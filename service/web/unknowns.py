"""Why facts were unknown, in a few words fit for a label: the sentences themselves may name what a record says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.rules.decision import Decision, Outcome

OTHER = "other"
_WORDS = {
    "stale": "stale",
    "unit": "unit",
    "could not be read": "unreadable",
    "unreadable": "unreadable",
    "plausible": "implausible",
    "future": "future_date",
    "preliminary": "preliminary",
    "status": "status",
    "verification": "status",
    "not recorded": "not_recorded",
}
"""a word in the sentence -> the label; the first that fits, so what was there and unusable before what was not there"""
REASONS = frozenset({*_WORDS.values(), OTHER})


def unknown_reasons(decisions: Iterable[Decision]) -> Iterator[str]:
    """A label for every unknown fact that a finding of an order waits for, each fact once."""
    seen: set[str] = set()
    for finding in (finding for decision in decisions for finding in decision.findings):
        if finding.outcome is Outcome.UNKNOWN and finding.fact.is_unknown and finding.fact.name not in seen:
            seen.add(finding.fact.name)
            yield label(finding.fact.reason)


def label(reason: str) -> str:
    return next((label for word, label in _WORDS.items() if word in reason), OTHER)
