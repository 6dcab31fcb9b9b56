"""python -m tests.second.run: compares the two on many random charts and prints what came of it."""

from __future__ import annotations

import sys

import click

from tests.second.comparing import Comparison, compared

SHOWN = 20
OUTCOMES = ("met", "not_met", "unknown")


@click.command()
@click.option("--charts", type=click.IntRange(min=1), default=100_000, show_default=True)
@click.option("--seed", type=int, default=20261101, show_default=True)
def main(charts: int, seed: int) -> None:
    """Exit 0 when both say the same of every chart, 1 otherwise."""
    so_far = Comparison()
    for so_far in compared(charts, seed):
        click.echo(f"{so_far.charts} charts, {len(so_far.differences)} differences", err=True)
    click.echo(f"{so_far.charts} charts, seed {seed}: {so_far.scores} scores, {so_far.findings} findings")
    click.echo(f"and {so_far.statuses} statuses compared; {len(so_far.differences)} differences")
    for line in so_far.differences[:SHOWN]:
        click.echo(line)
    _table(so_far)
    sys.exit(1 if so_far.differences else 0)


def _table(comparison: Comparison) -> None:
    click.echo(f"{'order':10} {'criterion':30}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES))
    for therapy, criterion in sorted({key[:2] for key in comparison.outcomes}):
        counts = (comparison.outcomes[therapy, criterion, outcome] for outcome in OUTCOMES)
        click.echo(f"{therapy:10} {criterion:30}" + "".join(f"{count:9}" for count in counts))


if __name__ == "__main__":
    main()
