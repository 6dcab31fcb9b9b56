"""`liver-cds demo`: the service with fixtures and a demo client, one order sent, its card printed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import click
import msgspec
import requests

from cds_hooks import json
from cds_hooks.models import Card
from service.cards.render import as_text
from service.cli.outline import outline
from service.cli.problems import usable
from service.cli.server import free_port, server_command, server_environment
from service.fixtures import packaged_fixtures, read_fixture
from service.replay.shift import shifted
from service.replay.targets import service_path
from service.settings import Settings, read_settings

FIXTURE = "refractory-ascites"
START_SECONDS = 30


class _Answer(msgspec.Struct):
    cards: tuple[Card, ...]


def cards_of(answer: bytes) -> tuple[Card, ...]:
    """The cards of a service's answer. Raises BadJsonError for an answer that holds none that we could have sent."""
    return json.decode(answer, _Answer).cards


@click.command()
@click.option("--once", is_flag=True, help="Stop after the card.")
@click.option("--port", type=int, default=8080, show_default=True, help="Port on loopback; another if it is taken.")
def demo(once: bool, port: int) -> None:
    """Run the service on loopback with a demo client, send one order-select and print its card.

    No token is needed and nothing outside this machine is asked. Stop with Ctrl-C.
    """
    with usable(), TemporaryDirectory(prefix="liver-cds-demo-") as data:
        settings = read_settings(
            {"LIVER_CDS_CORS_ORIGINS": os.environ.get("LIVER_CDS_CORS_ORIGINS", "")},
            mode="demo", port=free_port(port), workers=1, data_dir=data,
        )  # fmt: skip
        with _running(settings) as address:
            _show(address)
            if not once:
                click.echo(f"\nServing on {address} until Ctrl-C. Discovery: curl {address}/cds-services")
                _wait()


@contextmanager
def _running(settings: Settings) -> Iterator[str]:
    address = f"http://127.0.0.1:{settings.port}"
    process = subprocess.Popen(server_command(settings), env=server_environment(settings, os.environ))
    try:
        _await_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


def _await_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until and process.poll() is None:
        try:
            if requests.get(f"{address}/readyz", timeout=5).ok:
                return
        except requests.RequestException:
            sleep(0.05)
    click.echo("the service did not start; its messages stand above", err=True)
    sys.exit(1)


def _show(address: str) -> None:
    fixture = read_fixture(packaged_fixtures() / FIXTURE)
    body = (fixture.folder / "order-select.json").read_bytes()
    today = shifted(body, (datetime.now(UTC).date() - fixture.as_of).days)
    response = requests.post(
        address + service_path(body), data=today, headers={"Content-Type": "application/json"}, timeout=10
    )
    click.echo(
        f"POST {service_path(body)}   fixtures/{Path(fixture.folder).name}/order-select.json, dates moved to today"
    )
    click.echo(outline(today))
    click.echo(f"\n{response.status_code} {response.reason}, {response.elapsed.total_seconds() * 1000:.0f} ms\n")
    for card in cards_of(response.content):
        click.echo(as_text(card))


def _wait() -> None:
    try:
        while True:
            sleep(3600)
    except KeyboardInterrupt:
        click.echo("stopped")
