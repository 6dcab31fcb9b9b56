"""A decision as a table for the terminal: every finding, what speaks against the order first."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from service.knowledge_pages.words import SIGN_OFF
from service.rules.decision import Decision, Finding, Outcome

_COLOURS = {Outcome.MET: "green", Outcome.NOT_MET: "red", Outcome.UNKNOWN: "yellow"}
_ORDER = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


def findings_table(decision: Decision) -> Table:
    title = f"{escape(decision.order)}  {decision.title}: {decision.status.word}"
    table = Table(title=title, title_justify="left")
    for heading in ("outcome", "kind", "criterion", "found", "limit", "says"):
        table.add_column(heading)
    for finding in sorted(decision.findings, key=lambda each: (_ORDER.index(each.outcome), each.kind)):
        outcome = f"[{_COLOURS[finding.outcome]}]{finding.outcome.value}[/]"
        # a record's text may look like markup
        cells = (finding.title, finding.found or finding.fact.reason, f"{finding.op} {finding.limit}", _says(finding))
        table.add_row(outcome, finding.kind.value, *map(escape, cells))
    return table


def _says(finding: Finding) -> str:
    sentence = {Outcome.NOT_MET: finding.say, Outcome.UNKNOWN: finding.ask, Outcome.MET: ""}[finding.outcome]
    return "; ".join(filter(None, (f"{finding.applies_if} {sentence}".strip(), _sign_off(finding))))


def _sign_off(finding: Finding) -> str:
    """Said of a criterion that rests on general knowledge or convention."""
    return "" if finding.evidence == "read" else f"{finding.evidence or 'basis not stated'}: {SIGN_OFF}"
