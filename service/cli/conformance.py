"""`liver-cds conformance`: holds any CDS Hooks service against the specification, rule by rule."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from rich.console import Console

from cds_hooks import json
from cds_hooks.conformance import Level
from cds_hooks.endpoints import ROOT
from cds_hooks.probing import Verdict, probe
from service.cli.asking import Asking
from service.cli.options import EXISTING_FILE
from service.cli.problems import usable
from service.cli.signing import Signer, read_signer
from service.cli.verdicts import cases, verdict_table
from service.junit import junit


@click.command()
@click.argument("url", metavar="URL")
@click.argument("requests", metavar="[REQUEST]…", nargs=-1, type=EXISTING_FILE)
@click.option("--token", envvar="LIVER_CDS_CONFORMANCE_TOKEN", help="Bearer token to send with every call.")
@click.option("--client-key", type=EXISTING_FILE, help="Private key (PEM) to sign a new token with for every call.")
@click.option("--issuer", help="With --client-key: the `iss` that the service knows.")
@click.option("--key-id", help="With --client-key: the `kid` that the service knows.")
@click.option("--jku", default="", help="With --client-key: the address of the key set, if the service wants it.")
@click.option("--strict", is_flag=True, help="Exit 1 for broken SHOULD rules too.")
@click.option("--junit", "junit_file", type=click.Path(dir_okay=False, path_type=Path), help="Write JUnit XML here.")
def conformance(
    url: str,
    requests: tuple[Path, ...],
    *,
    token: str | None,
    client_key: Path | None,
    issuer: str | None,
    key_id: str | None,
    jku: str,
    strict: bool,
    junit_file: Path | None,
) -> None:
    """Call the CDS Hooks service at URL (what stands before /cds-services) and check it against the specification.

    Discovery, calls of every declared hook with made-up data (prefetch complete, empty, failed and missing, unknown
    members), calls that have to be refused, and feedback. Send hook requests of your own (files REQUEST) to see the
    rules of cards too. Never point it at a service that takes real orders. Exit code 1 if a SHALL rule is broken,
    2 if the service cannot be reached.
    """
    with usable():
        signer = _signer(client_key, issuer, key_id, jku)
        own = [_request(path) for path in requests]
    base = _base(url)
    trial = probe(base, Asking(base, token or "", signer), own, signs=signer is not None)
    verdicts = trial.verdicts()
    if any(verdict.rule.id == "D-1" and verdict.broken for verdict in verdicts):
        raise click.UsageError(f"{base} could not be reached")
    failing = (Level.SHALL, Level.SHOULD) if strict else (Level.SHALL,)
    Console().print(verdict_table(verdicts))
    click.echo(_summary(verdicts))
    if junit_file:
        text = junit("liver-cds conformance", "conformance", cases(verdicts, failing))
        junit_file.write_text(text, encoding="utf-8")
    sys.exit(any(verdict.is_broken(*failing) for verdict in verdicts))


def _base(url: str) -> str:
    base = url.rstrip("/").removesuffix(ROOT)
    if urlsplit(base).scheme not in {"http", "https"}:
        raise click.BadParameter("must begin with https:// or http://", param_hint="URL")
    return base


def _signer(client_key: Path | None, issuer: str | None, key_id: str | None, jku: str) -> Signer | None:
    if client_key is None:
        return None
    if not issuer or not key_id:
        raise click.UsageError("--client-key needs --issuer and --key-id")
    try:
        return read_signer(client_key, issuer, key_id, jku)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--client-key") from None


def _request(path: Path) -> dict[str, Any]:
    request = json.decode(path.read_bytes())
    if not isinstance(request, dict):
        raise json.BadJsonError(f"{path}: must be a hook request")
    return request


def _summary(verdicts: Sequence[Verdict]) -> str:
    tried = [verdict for verdict in verdicts if verdict.is_tried]
    broken = sum(verdict.is_broken(Level.SHALL) for verdict in tried)
    advised = sum(bool(verdict.broken) for verdict in tried) - broken
    return (
        f"{len(tried)} of {len(verdicts)} rules tried: {broken} broken, {advised} recommendations not followed, "
        f"{len(tried) - broken - advised} kept"
    )
