"""`liver-cds feedback`: what clinicians answered to cards."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from service.cli.problems import usable
from service.cli.record_place import place_from_environment
from service.records.export import as_csv, as_lines
from service.records.ledger import Ledger
from service.records.tables import moment


@click.group()
def feedback() -> None:
    """What clinicians answered to cards."""


@feedback.command()
@click.option("--format", "form", type=click.Choice(["ndjson", "csv"]), default="ndjson", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only what was received on this day (UTC) or later.")
def export(form: str, since: datetime | None) -> None:
    """Print the feedback in order of arrival, with the decisions that it is on.

    Reads what waits in LIVER_CDS_DATA_DIR and the database. A report on a card that is not on record is printed too,
    and marked. In CSV a cell that a spreadsheet would run begins with an apostrophe.
    """
    with usable():
        ledger = Ledger(place_from_environment())
        reports = list(ledger.feedback(moment(since.replace(tzinfo=UTC)) if since else ""))
    for line in as_csv(reports) if form == "csv" else as_lines(reports):
        click.echo(line)
