"""`liver-cds conformance` against our own service and against others, on real sockets."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask, request

from service.app import create_app
from service.cli import main
from service.cli.server import free_port
from service.fixtures import packaged_fixtures
from service.settings import read_settings
from tests.cds_hooks.probing.broken_service import Broken, served
from tests.web.key_server import ISSUER, Private, new_key, public

OWN = [str(packaged_fixtures() / "refractory-ascites" / f"{hook}.json") for hook in ("order-select", "order-sign")]


def _run(address: str, *options: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, ["conformance", address, *options])


def _pem(key: Private | rsa.RSAPrivateKey, path: Path) -> str:
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(path)


def test_it_finds_our_own_service_to_conform(app: Flask, tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    with served(app) as address:
        done = _run(address, *OWN, "--junit", str(junit))
    assert done.exit_code == 0, done.output
    assert " 0 broken" in done.output
    suite = ElementTree.parse(junit).getroot()
    assert (suite.get("failures"), int(suite.get("tests", 0)) > 50) == ("0", True)
    tried = {case.get("name", "").split()[0] for case in suite if case.find("skipped") is None}
    assert {"S-5", "S-6", "S-7", "B-4", "F-8", "cds-resp-1"} <= tried


def test_it_signs_for_our_own_service_in_production(tmp_path: Path) -> None:
    key, port = new_key(), free_port(0)
    clients = tmp_path / "clients.yaml"
    clients.write_text(yaml.safe_dump({"clients": {"ward": {"issuer": ISSUER, "keys": [public(key)]}}}))
    settings = read_settings(
        {}, mode="production", data_dir=str(tmp_path / "data"), clients=str(clients), port=port,
        base_url=f"http://127.0.0.1:{port}", protect_discovery="yes",
    )  # fmt: skip
    pem = _pem(key, tmp_path / "key.pem")
    with served(create_app(settings), port) as address:
        done = _run(f"{address}/cds-services", "--client-key", pem, "--issuer", ISSUER, "--key-id", "k1")
        unknown = _run(address, "--client-key", pem, "--issuer", f"{ISSUER}/other", "--key-id", "k1")
    assert done.exit_code == 0, done.output
    assert unknown.exit_code == 1
    tried = [line for line in done.output.splitlines() if line.startswith("│ J-")]
    assert len(tried) == 4
    assert all("kept" in line for line in tried)


def test_it_says_what_is_broken_and_where(tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    with served(Broken("", "cards/0/summary", "x" * 140).app) as address:
        done = _run(address, "--junit", str(junit))
    assert done.exit_code == 1
    assert "cards[0].summary must have fewer than 140 characters" in done.output
    (failure,) = ElementTree.parse(junit).getroot().iter("failure")
    assert failure.get("message") == "SHALL is broken"


def test_it_counts_recommendations_only_when_told_to() -> None:
    with served(Broken("plain errors").app) as address:
        assert _run(address).exit_code == 0
        assert _run(address, "--strict").exit_code == 1


def test_it_sends_the_token_given() -> None:
    service = Broken()
    seen: set[str] = set()

    @service.app.before_request
    def look() -> None:
        seen.add(request.headers.get("Authorization", ""))

    with served(service.app) as address:
        assert _run(address, "--token", "t").exit_code == 0
    assert seen == {"Bearer t"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["http://127.0.0.1:1"], "could not be reached"),
        (["ftp://cds.example"], "must begin with"),
        (["http://127.0.0.1:1", "--client-key", OWN[0]], "needs --issuer"),
        (["http://127.0.0.1:1", "--client-key", OWN[0], "--issuer", "i", "--key-id", "k"], "private key in PEM"),
        (["http://127.0.0.1:1", __file__], "not JSON"),
    ],
)
def test_it_says_what_cannot_be_used(arguments: list[str], words: str) -> None:
    done = _run(*arguments)
    assert done.exit_code == 2
    assert words in done.output


def test_it_signs_with_an_rsa_key_too(tmp_path: Path) -> None:
    pem = _pem(rsa.generate_private_key(65537, 2048), tmp_path / "rsa.pem")
    with served(Broken().app) as address:
        done = _run(address, "--client-key", pem, "--issuer", "i", "--key-id", "k")
    # this service looks at no token, so it lets in whoever comes
    assert done.exit_code == 1
    assert "answered 200" in done.output
