"""`liver-cds serve`: the service with the production server."""

from __future__ import annotations

import os

import click

from service.app import create_app
from service.cli.problems import usable
from service.cli.server import fresh_metrics_folder, server_command, server_environment
from service.reload import keep
from service.settings import Settings, read_settings


@click.command()
@click.option("--host", help="Address to listen on (LIVER_CDS_HOST).")
@click.option("--port", type=int, help="Port to listen on (LIVER_CDS_PORT).")
@click.option("--workers", type=int, help="Worker processes (LIVER_CDS_WORKERS).")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Run the service. Settings come from variables LIVER_CDS_…, which docs/settings.md lists."""
    with usable():
        settings = read_settings(os.environ, host=host, port=port, workers=workers)
        # A bad clients file or threshold stops the start here, with its place, and not in a worker.
        create_app(settings)
        kept = _keep(settings)
    fresh_metrics_folder(settings)
    command = server_command(settings, kept=kept)
    os.execve(command[0], command, server_environment(settings, os.environ))


def _keep(settings: Settings) -> bool:
    """A data folder that takes no file costs the safety net of reloads, and no card."""
    try:
        keep(settings)
    except OSError as error:
        click.echo(f"files named in the settings are read anew by every worker: {error.strerror}", err=True)
        return False
    return True
