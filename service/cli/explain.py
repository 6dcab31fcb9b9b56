"""`liver-cds explain`: every finding for one hook request, as a table or as JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console

from cds_hooks.json import encode
from service.cli.decision_json import decision_json
from service.cli.findings_table import findings_table
from service.cli.options import EXISTING_FILE, setup_options
from service.cli.problems import usable
from service.cli.request_file import Setup, judge_file


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
        Console().print(findings_table(decision))


_REASONS = {
    "not_liver_directed": "no liver-directed therapy; nothing to check",
    "not_mapped": "looks liver-directed, but its code is not mapped to a therapy; nothing was checked",
    "patient_mismatch": "the data belong to more than one patient; nothing was checked",
}


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else datetime.now(UTC).date()
