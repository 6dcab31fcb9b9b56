"""`liver-cds orders`: what is known of order codes."""

from __future__ import annotations

import os

import click
from rich.console import Console
from rich.table import Table

from service.cli.problems import usable
from service.records.outbox import Outbox
from service.settings import read_settings


@click.group()
def orders() -> None:
    """Order codes: which were seen and are not mapped."""


@orders.command()
def unmapped() -> None:
    """List the codes of orders that looked liver-directed and are mapped to no therapy, with counts.

    Map them under `order_codes` in the clients file. Reads the folder LIVER_CDS_DATA_DIR.
    """
    with usable():
        settings = read_settings({**os.environ, "LIVER_CDS_MODE": "development"})
    path = settings.data_dir / "outbox.sqlite"
    rows = Outbox(path).unmapped() if path.is_file() else []
    if not rows:
        click.echo("no unmapped order code seen")
        return
    table = Table("times", "client", "system", "code")
    for row in rows:
        table.add_row(str(row.times), row.client, row.system, row.code)
    Console().print(table)
