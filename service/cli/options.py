"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from service.cli.request_file import Setup

EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EXISTING_PATH = click.Path(exists=True, path_type=Path)


def setup_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --clients, --client and --thresholds; the command gets them as one `setup`."""

    @click.option("--clients", type=EXISTING_FILE, help="Clients file; the demo client's if not given.")
    @click.option("--client", help="Name of the client whose settings to use; the first of the file if not given.")
    @click.option("--thresholds", type=EXISTING_FILE, help="Thresholds file; the defaults if not given.")
    @wraps(command)
    def wrapped(*args: Any, clients: Path | None, client: str | None, thresholds: Path | None, **more: Any) -> Any:
        return command(*args, setup=Setup(clients, client, thresholds), **more)

    return wrapped
