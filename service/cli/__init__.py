"""The command `liver-cds`: one module per command. Exit 0 good, 1 findings, 2 bad usage or input."""

from __future__ import annotations

import click

from service.cli.check import check
from service.cli.cohort import cohort
from service.cli.database import database
from service.cli.decisions import decisions
from service.cli.demo import demo
from service.cli.explain import explain
from service.cli.feedback import feedback
from service.cli.fixture import fixture
from service.cli.knowledge import knowledge
from service.cli.orders import orders
from service.cli.prefetch import prefetch
from service.cli.replay import replay
from service.cli.serve import serve
from service.cli.settings import settings


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="liver-cds", prog_name="liver-cds")
def main() -> None:
    """Tests orders for liver-directed therapies against published criteria, over CDS Hooks or from files.

    It lists what is met, not met and unknown, with values and citations. A clinician decides.
    """


_COMMANDS = (
    serve, demo, replay, explain, check, prefetch, orders, decisions, feedback, database, settings, fixture, cohort,
    knowledge,
)  # fmt: skip
for command in _COMMANDS:
    main.add_command(command)
