"""`liver-cds orders`: what is known of order codes."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from service.cli.problems import usable
from service.cli.record_place import place_from_environment
from service.records.ledger import Ledger


@click.group()
def orders() -> None:
    """Order codes: which were seen and are not mapped."""


@orders.command()
def unmapped() -> None:
    """List the codes of orders that looked liver-directed and are mapped to no therapy, with counts.

    Map them under `order_codes` in the clients file. Counts what all machines with this database saw.
    """
    with usable():
        rows = Ledger(place_from_environment()).unmapped()
    if not rows:
        click.echo("no unmapped order code seen")
        return
    table = Table("times", "client", "system", "code")
    for row in rows:
        table.add_row(str(row.times), row.client, row.system, row.code)
    Console().print(table)
