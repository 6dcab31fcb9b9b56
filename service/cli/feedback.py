"""`liver-cds feedback`: what clinicians answered to cards."""

from __future__ import annotations

import os

import click

from cds_hooks.json import encode
from service.cli.problems import usable
from service.records.outbox import Outbox
from service.settings import read_settings


@click.group()
def feedback() -> None:
    """What clinicians answered to cards."""


@feedback.command()
def export() -> None:
    """Print the stored feedback, one JSON object a line, in order of arrival. Reads the folder LIVER_CDS_DATA_DIR."""
    with usable():
        settings = read_settings({**os.environ, "LIVER_CDS_MODE": "development"})
    path = settings.data_dir / "outbox.sqlite"
    for item in Outbox(path).read() if path.is_file() else ():
        head = {"service": item.service_id, "client": item.client, "receivedAt": item.received_at.isoformat()}
        click.echo(encode({**head, "feedback": item.item}).decode())
