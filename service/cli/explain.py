"""`liver-cds explain`: every finding for one hook request, as a table or as JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from cds_hooks.json import encode
from service.cli.decision_json import decision_json
from service.cli.options import EXISTING_FILE, setup_options
from service.cli.problems import usable
from service.cli.request_file import Setup, judge_file
from service.knowledge_pages.words import SIGN_OFF
from service.rules.decision import Decision, Finding, Outcome

_COLOURS = {Outcome.MET: "green", Outcome.NOT_MET: "red", Outcome.UNKNOWN: "yellow"}
_ORDER = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


@click.command()
@click.argument("request_file", metavar="REQUEST.json", type=EXISTING_FILE)
@click.option("--therapy", help="Only this therapy.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as on this day; today if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list with one object per order and therapy.")
@setup_options
def explain(request_file: Path, therapy: str | None, as_of: datetime | None, as_json: bool, setup: Setup) -> None:
    """Every finding for one hook request: what was found, the limit, the outcome and why."""
    with usable():
        check = setup.check()
        results = judge_file(request_file, check, _day(as_of))
    decisions = [d for result in results for d in result.decisions if therapy in (None, d.therapy)]
    if as_json:
        click.echo(encode([decision_json(decision, check.windows) for decision in decisions]).decode())
        return
    for result in results:
        if result.reason:
            click.echo(f"{result.order.reference}: {_REASONS[result.reason]}")
    for decision in decisions:
        _print(decision)


def _sign_off(finding: Finding) -> str:
    """Said of a criterion that rests on general knowledge or convention."""
    return "" if finding.evidence == "read" else f"{finding.evidence or 'basis not stated'}: {SIGN_OFF}"


_REASONS = {
    "not_liver_directed": "no liver-directed therapy; nothing to check",
    "not_mapped": "looks liver-directed, but its code is not mapped to a therapy; nothing was checked",
    "patient_mismatch": "the data belong to more than one patient; nothing was checked",
}


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else datetime.now(UTC).date()


def _print(decision: Decision) -> None:
    table = Table(title=f"{decision.order}  {decision.title}: {decision.status.word}", title_justify="left")
    for heading in ("outcome", "kind", "criterion", "found", "limit", "says"):
        table.add_column(heading)
    for finding in sorted(decision.findings, key=lambda f: (_ORDER.index(f.outcome), f.kind)):
        says = {Outcome.NOT_MET: finding.say, Outcome.UNKNOWN: finding.ask, Outcome.MET: ""}[finding.outcome]
        table.add_row(
            f"[{_COLOURS[finding.outcome]}]{finding.outcome.value}[/]", finding.kind.value, finding.title,
            finding.found or finding.fact.reason, f"{finding.op} {finding.limit}",
            "; ".join(filter(None, (f"{finding.applies_if} {says}".strip(), _sign_off(finding)))),
        )  # fmt: skip
    Console().print(table)
