"""`liver-cds decisions`: what was said on a card, from what, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click
import msgspec

from cds_hooks.json import encode
from service.cli.decision_json import fact_json
from service.cli.decision_table import print_decision
from service.cli.problems import usable
from service.cli.record_place import place_from_environment
from service.records.again import Again, again
from service.records.database import Row
from service.records.export import as_lines
from service.records.facts import read_facts
from service.records.ledger import Ledger, Reported
from service.rules.loader import load


@click.group()
def decisions() -> None:
    """What was said on cards."""


@decisions.command()
@click.argument("card", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: decisions, whether they come out again, feedback.")
def show(card: str, as_json: bool) -> None:
    """Show what was decided for the card ID (its uuid), from which facts, and what was answered to it.

    Each decision is computed again from its facts and thresholds. Exit code 1 if something else comes out, 2 if there
    is no such card on record.
    """
    with usable():
        ledger = Ledger(place_from_environment())
        rows, reports = ledger.decisions(card), list(ledger.feedback(card=card))
        knowledge = load()
        found = [(row, again(row, ledger.thresholds(row["threshold_set"]), knowledge)) for row in rows]
    if not rows:
        click.echo(f"no decision on record for the card {card}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(encode({"decisions": [_entry(*each) for each in found], "feedback": _plain(reports)}).decode())
    else:
        for row, result in found:
            print_decision(row, result)
        for line in as_lines(reports):
            click.echo(f"feedback: {line}")
    sys.exit(any(result.same is False for _, result in found))


def _entry(row: Row, result: Again) -> dict[str, object]:
    facts = {name: fact_json(fact) for name, fact in sorted(read_facts(row["facts"]).items())}
    kept = {name: value for name, value in row.items() if name not in {"number", "refused"}}
    outcomes = msgspec.json.decode(row["outcomes"])
    return {**kept, "facts": facts, "outcomes": outcomes, "again": {"same": result.same, "why": result.why}}


def _plain(reports: Iterable[Reported]) -> list[object]:
    return [msgspec.json.decode(line) for line in as_lines(reports)]
