"""`liver-cds knowledge`: pages about what is judged, written from the data."""

from __future__ import annotations

from pathlib import Path

import click

from cds_hooks.json import encode
from service.cli.problems import usable
from service.knowledge_pages.attributes_page import attributes_json, attributes_page
from service.knowledge_pages.pages import pages, write_pages
from service.rules.loader import load

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def knowledge() -> None:
    """Pages about what is judged, from which sources, and what must be signed off."""


@knowledge.command()
@click.option("--out", type=FOLDER, required=True, help="Folder for the pages: docs/knowledge.")
@click.option(
    "--cases",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="tests/cases",
    show_default=True,
    help="Folder of the cases that the pages name.",
)
def write(out: Path, cases: Path) -> None:
    """Write one page per therapy, and the lists of thresholds, facts, references and what needs local sign-off."""
    with usable():
        texts = pages(load(), cases)
        write_pages(texts, out)
    click.echo(f"{len(texts)} pages written to {out}")


@knowledge.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with all documents.")
def attributes(as_json: bool) -> None:
    """Print the source attributes of 45 CFR 170.315(b)(11): docs/safety/source-attributes.md."""
    with usable():
        found = load()
    click.echo(encode(attributes_json(found)).decode() if as_json else attributes_page(found), nl=as_json)
