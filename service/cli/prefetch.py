"""`liver-cds prefetch`: the prefetch templates for pasting into an EHR's configuration."""

from __future__ import annotations

import click

from cds_hooks.json import encode
from service.codes.prefetch import lost_without, templates


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, key to template.")
def prefetch(as_json: bool) -> None:
    """Print the prefetch templates, one a line, each with what is lost without it."""
    if as_json:
        click.echo(encode(dict(templates())).decode())
        return
    for key, template in templates().items():
        click.echo(f"{key}\n  {template}\n  without it: {lost_without(key)}\n")
