"""`liver-cds database`: the place where decisions and feedback rest."""

from __future__ import annotations

import click

from service.cli.problems import usable
from service.cli.record_place import place_from_environment
from service.records.opening import open_database


@click.group()
def database() -> None:
    """The database of decisions and feedback."""


@database.command()
def upgrade() -> None:
    """Make or change the tables in LIVER_CDS_DATABASE_URL. Safe to run again, and while the service runs.

    A SQLite file is upgraded by the service itself; PostgreSQL only by this command, once for each new version.
    """
    with usable():
        place = place_from_environment()
        open_database(place.database_url, place.data_dir).upgrade()
    click.echo("the database is up to date")
