"""A recorded decision as a table for the terminal."""

from __future__ import annotations

import msgspec
from rich.console import Console
from rich.table import Table

from service.cli.decision_json import fact_json
from service.records.again import Again
from service.records.database import Row
from service.records.facts import read_facts

_SAME = {True: "the same comes out", False: "something else comes out", None: "not computed again"}


def print_decision(row: Row, result: Again) -> None:
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
        table.add_row(
            name, fact.state.value, f"{value} {shown.get('unit', '')}".strip(), shown.get("date", ""), fact.source
        )
    if table.row_count:
        console.print(table)
    outcomes = msgspec.json.decode(row["outcomes"])
    for word in ("not_met", "unknown", "met"):
        names = sorted(name for name, outcome in outcomes if outcome == word)
        if names:
            console.print(f"{word}: {', '.join(names)}", markup=False)
    console.print(f"computed again: {_SAME[result.same]}{f' ({result.why})' if result.why else ''}\n", markup=False)
