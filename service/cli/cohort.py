"""`liver-cds cohort`: writes synthetic patients with the mess of real feeds, and what they are drawn from."""

from __future__ import annotations

from collections import deque
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from service.cli.problems import usable
from service.cohort.generate.page import cohort_page
from service.cohort.generate.writing import Cohort, Form, write_cohort
from service.fixtures import MANIFEST

_OUT = click.Path(file_okay=False, path_type=Path)
_MOST_PATIENTS, _HIGHEST_SEED = 1_000_000, 2**31


@click.group()
def cohort() -> None:
    """Make cohorts: many synthetic patients at once."""


@cohort.command("generate")
@click.option("--patients", type=click.IntRange(1, _MOST_PATIENTS), required=True, help="How many.")
@click.option("--seed", type=click.IntRange(0, _HIGHEST_SEED), default=1, show_default=True, help="Which cohort.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the orders; today if not given.")
@click.option(
    "--format", "form", type=click.Choice([each.value for each in Form]), default=Form.FIXTURES.value,
    show_default=True, help="A folder for each patient, or one NDJSON file per resource type (bulk export).",
)  # fmt: skip
@click.option("--out", required=True, type=_OUT, help="New or empty folder to write.")
def generate_cohort(*, patients: int, seed: int, as_of: datetime | None, form: str, out: Path) -> None:
    """Write synthetic patients with records as feeds bring them and one draft order each.

    The same number, seed and day give the same files. Distributions are conventions, not epidemiology: see
    `liver-cds cohort distributions`.
    """
    day = as_of.date() if as_of else _today()
    with usable():
        written = write_cohort(Cohort(patients, seed, day), Form(form), out)
        deque(track(written, "generating", patients, console=Console(stderr=True)), maxlen=0)
    click.echo(f"{patients} patients of seed {seed} as of {day.isoformat()} in {out}; counts in {out / MANIFEST}")


@cohort.command()
def distributions() -> None:
    """Print the page docs/cohort.md: what is drawn how often, and from which source."""
    click.echo(cohort_page(), nl=False)


def _today() -> date:
    return datetime.now(UTC).date()
