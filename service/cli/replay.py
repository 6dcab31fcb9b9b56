"""`liver-cds replay`: sends hook requests found under paths and compares with their golden answers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import requests
from rich.console import Console
from rich.progress import track
from rich.table import Table

from service.cli.options import EXISTING_FILE, EXISTING_PATH
from service.cli.problems import usable
from service.fixtures import Exchange, find_exchanges, packaged_fixtures
from service.replay.junit import junit
from service.replay.run import Result, run
from service.replay.targets import InProcess, Live, Target


@click.command()
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=EXISTING_PATH)
@click.option("--against", metavar="URL", help="Send to a running service instead of judging in this process.")
@click.option("--clients", type=EXISTING_FILE, help="Clients file; the demo client's if not given.")
@click.option("--thresholds", type=EXISTING_FILE, help="Thresholds file; the defaults if not given.")
@click.option("--token", envvar="LIVER_CDS_REPLAY_TOKEN", help="Bearer token for --against.")
@click.option("--junit", "junit_file", type=click.Path(dir_okay=False, path_type=Path), help="Write JUnit XML here.")
@click.option("--update", is_flag=True, help="Write the answers as the new golden answers (in process only).")
def replay(
    paths: tuple[Path, ...],
    *,
    against: str | None,
    clients: Path | None,
    thresholds: Path | None,
    token: str | None,
    junit_file: Path | None,
    update: bool,
) -> None:
    """Send every hook request under PATH (the packaged fixtures if none) and compare with the golden answers.

    A request X.json is compared with X.answer.json beside it. In process a fixture is judged on its own day; sent to a
    running service, its dates are moved so that its day becomes today. Exit code 1 if anything differs, or if an answer
    says that its own check failed: that is never stored.
    """
    if update and against:
        raise click.UsageError("--update works in process only: a running service answers as of today")
    with usable(), TemporaryDirectory() as data:
        exchanges = [e for path in paths or (packaged_fixtures(),) for e in find_exchanges(path)]
        target: Target = Live(against, token or "") if against else InProcess(Path(data), clients, thresholds)
        results = _run(exchanges, target, update=update)
    _print(results)
    if junit_file:
        junit_file.write_text(junit(results), encoding="utf-8")
    sys.exit(not all(result.is_good for result in results))


def _run(exchanges: Sequence[Exchange], target: Target, *, update: bool) -> list[Result]:
    try:
        steps = track(run(exchanges, target, update=update), "replaying", len(exchanges), console=Console(stderr=True))
        return list(steps)
    except requests.RequestException as error:
        raise click.ClickException(f"the service could not be reached: {type(error).__name__}") from error


def _print(results: Sequence[Result]) -> None:
    bad = [result for result in results if not result.is_good]
    if bad:
        table = Table("request", "outcome", "what differs")
        for result in bad:
            table.add_row(result.exchange.name, result.outcome, "\n".join(result.details))
        Console().print(table)
    counted = Counter(result.outcome for result in results)
    seconds = sum(result.seconds for result in results)
    click.echo(
        f"{len(results)} requests in {seconds:.1f} s: " + ", ".join(f"{n} {word}" for word, n in counted.items())
    )
