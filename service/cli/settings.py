"""`liver-cds settings`: every setting, its default and what it does."""

from __future__ import annotations

import click

from service.settings import PREFIX, SETTINGS


@click.command()
@click.option("--markdown", is_flag=True, help="Print the table of docs/settings.md.")
def settings(markdown: bool) -> None:
    """List every setting: its variable, its default and what it does."""
    if markdown:
        click.echo(settings_markdown(), nl=False)
        return
    for setting in SETTINGS:
        click.echo(f"{PREFIX}{setting.name}  (default: {setting.default or 'none'})\n    {setting.help}")


def settings_markdown() -> str:
    """The whole of docs/settings.md, so that the page cannot fall behind the code."""
    rows = [f"| `{PREFIX}{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.help} |" for s in SETTINGS]
    return "\n".join([*_HEAD, *rows, ""])


_HEAD = (
    "# Settings",
    "",
    "One environment variable each; an unknown `LIVER_CDS_…` or a bad value stops the start and is named. Options of",
    "`liver-cds serve` win over variables. This page is written by `liver-cds settings --markdown`.",
    "",
    "| variable | default | what it does |",
    "|---|---|---|",
)
