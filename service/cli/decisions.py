"""`liver-cds decisions`: what was said on a card, from what, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click
import msgspec
from rich.console import Console
from rich.table import Table

from cds_hooks.json import encode
from service.cli.decision_json import fact_json
from service.cli.problems import usable
from service.cli.record_place import place_from_environment
from service.records.again import Again, again
from service.records.database import Row
from service.records.export import as_lines
from service.records.facts import read_facts
from service.records.ledger import Ledger, Reported
from service.rules.loader import load

_SAME = {True: "the same comes out", False: "something else comes out", None: "not computed again"}


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
            _print(row, result)
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


def _print(row: Row, result: Again) -> None:
    console = Console()
    title = row["therapy"] or "notice"
    console.print(f"{title}: {row['status']} ({row['indicator']}), {row['client']}, {row['created_at']}", markup=False)
    console.print(
        f"as of {row['as_of']}, set {row['threshold_set'][:8]}, knowledge {row['knowledge'][:8]}, "
        f"patient {row['patient'][:12]}, order {row['order_reference'][:12]}", markup=False,
    )  # fmt: skip
    table = Table("fact", "state", "value", "date", "source")
    for name, fact in sorted(read_facts(row["facts"]).items()):
        shown = fact_json(fact)
        value = shown.get("value") or ", ".join(shown.get("values", ())) or shown.get("reason", "")
        table.add_row(name, fact.state.value, f"{value} {fact.unit}".strip(), shown.get("date", ""), fact.source)
    if table.row_count:
        console.print(table)
    outcomes = msgspec.json.decode(row["outcomes"])
    for word in ("not_met", "unknown", "met"):
        names = sorted(name for name, outcome in outcomes if outcome == word)
        if names:
            console.print(f"{word}: {', '.join(names)}", markup=False)
    console.print(f"computed again: {_SAME[result.same]}{f' ({result.why})' if result.why else ''}\n", markup=False)
