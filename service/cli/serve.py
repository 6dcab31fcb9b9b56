"""`liver-cds serve`: the service with the production server."""

from __future__ import annotations

import os

import click

from service.app import create_app
from service.cli.problems import usable
from service.cli.server import server_command, server_environment
from service.settings import read_settings


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
    command = server_command(settings)
    os.execve(command[0], command, server_environment(settings, os.environ))
