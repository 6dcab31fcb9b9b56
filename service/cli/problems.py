"""Errors that a user can mend: printed with their place, without a traceback, exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cds_hooks.errors import ProtocolError
from cds_hooks.json import BadJsonError
from service.clients import ClientsError
from service.records.storage import StorageUnavailableError
from service.rules.problems import KnowledgeError
from service.settings import SettingsError

USER_ERRORS = (
    SettingsError,
    ClientsError,
    KnowledgeError,
    BadJsonError,
    ProtocolError,
    StorageUnavailableError,
    OSError,
)


@contextmanager
def usable() -> Iterator[None]:
    """Turns an error in what the user gave into its message and exit code 2."""
    try:
        yield
    except USER_ERRORS as error:
        click.echo(str(error), err=True)
        sys.exit(2)
