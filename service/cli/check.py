"""`liver-cds check`: loads everything that judges and runs the static checks; with a folder, a site's own cases too."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from service.alternatives.loader import load as load_alternatives
from service.alternatives.texts import texts
from service.cli.options import EXISTING_FILE
from service.cli.problems import usable
from service.clients import load_clients
from service.fixtures import demo_clients
from service.knowledge_pages.sign_off import evidence_page, lines
from service.rules.cases import report
from service.rules.check import check as check_knowledge
from service.rules.loader import load, packaged_folder
from service.thresholds.in_force import in_force


@click.command()
@click.option("--cases", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of cases to run.")
@click.option("--thresholds", type=EXISTING_FILE, help="Thresholds file to check and judge the cases with.")
@click.option("--clients", type=EXISTING_FILE, help="Clients file to check; the demo client's if not given.")
@click.option(
    "--advice", is_flag=True, help="Also print what is worth a look (unused facts, thresholds without a case)."
)
@click.option("--evidence", is_flag=True, help="Also list the criteria that need local sign-off, and count the others.")
@click.option("--markdown", is_flag=True, help="With --evidence: print that list alone, as Markdown.")
def check(
    *, cases: Path | None, thresholds: Path | None, clients: Path | None, advice: bool, evidence: bool, markdown: bool
) -> None:
    """Check criteria, thresholds, citations and clients; exit code 1 if a case fails, 2 if a file cannot be used."""
    named = texts(load, lambda knowledge: in_force(knowledge, thresholds))
    found = check_knowledge(packaged_folder(), cases=cases, thresholds=thresholds, suggest=named)
    for problem in found.problems + (found.advice if advice else ()):
        click.echo(str(problem))
    if found.problems:
        sys.exit(2)
    if evidence and markdown:
        click.echo(evidence_page(load()), nl=False)
        return
    with usable():
        knowledge = load()
        rules = load_alternatives(knowledge).rules
        number = len(load_clients(clients or demo_clients(), frozenset(knowledge.therapies)))
    click.echo(
        f"{len(knowledge.therapies)} therapies, {len(knowledge.thresholds)} thresholds,"
        f" {len(rules)} rules for alternatives, {len(knowledge.references)} references, {number} clients:"
        f" no problem found; version {knowledge.version[:8]}"
    )
    if evidence:
        click.echo("\n".join(lines(knowledge)))
    if cases:
        for line in report(found.results):
            click.echo(line)
    sys.exit(not found.is_good)
