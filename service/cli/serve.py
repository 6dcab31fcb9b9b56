"""`liver-cds serve`: the service with the production server."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from service.app import create_app
from service.cli.problems import usable
from service.cli.server import fresh_metrics_folder, server_command, server_environment
from service.records.storage import StorageUnavailableError
from service.reload import keep
from service.settings import Settings, read_settings
from service.standing_in import instead_of_unreadable


@click.command()
@click.option("--host", help="Address to listen on (LIVER_CDS_HOST).")
@click.option("--port", type=int, help="Port to listen on (LIVER_CDS_PORT).")
@click.option("--workers", type=int, help="Worker processes (LIVER_CDS_WORKERS).")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Run the service. Settings come from variables LIVER_CDS_…, which docs/settings.md lists."""
    with usable():
        stand_in = instead_of_unreadable(os.environ, datetime.now(UTC))
        settings = read_settings(os.environ, host=host, port=port, workers=workers, **stand_in)
        # A bad clients file or threshold stops the start here, with its place, and not in a worker.
        create_app(settings)
        kept = _keep(settings)
    fresh_metrics_folder(settings)
    command = server_command(settings, kept=kept)
    os.execve(command[0], command, server_environment(settings, os.environ))


def _keep(settings: Settings) -> bool:
    """A data folder that takes no file costs the safety net of reloads, and no card."""
    try:
        keep(settings, datetime.now(UTC))
    except (OSError, StorageUnavailableError) as error:
        click.echo(f"files named in the settings are read anew by every worker: {type(error).__name__}", err=True)
        return False
    return True
