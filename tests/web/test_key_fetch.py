"""Fetching key sets over real sockets: what a key server may do, and what it never gets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from service.web.key_fetch import MOST_BYTES, KeyFetchError, KeyServer
from tests.fhir.fetching.certificates import Authority
from tests.fhir.fetching.record_server import Exchange, RecordServer, Script
from tests.web.key_server import KeyHost, new_key, public


@pytest.fixture
def host(tmp_path: Path) -> Iterator[KeyHost]:
    host = KeyHost(tmp_path, public(new_key()))
    yield host
    host.close()


def _server(host: KeyHost) -> KeyServer:
    return KeyServer(host.jku, host.ca_bundle, development=True)


def test_it_reads_a_key_set(host: KeyHost) -> None:
    assert json.loads(_server(host).fetch())["keys"] == host.keys


def test_it_sends_nothing_but_the_question(host: KeyHost, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login somebody password secret\n")
    netrc.chmod(0o600)
    for name, value in {
        "NETRC": str(netrc),
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    _server(host).fetch()
    sent = host.server.headers[0]
    assert "Authorization" not in sent
    assert "Cookie" not in sent
    assert sent["Accept-Encoding"] == "identity"


@pytest.mark.reliability(6)
def test_it_follows_no_redirect(host: KeyHost, tmp_path: Path) -> None:
    elsewhere = RecordServer(lambda exchange: exchange.answer({"keys": host.keys}))
    host.answer_with(lambda exchange: exchange.answer(b"", 302, Location=elsewhere.url))
    with pytest.raises(KeyFetchError, match="status 302"):
        _server(host).fetch()
    assert elsewhere.asked == []
    elsewhere.shutdown()
    elsewhere.server_close()


def test_it_trusts_no_other_authority(host: KeyHost, tmp_path: Path) -> None:
    other = str(Authority(tmp_path, "other").ca_bundle)
    with pytest.raises(KeyFetchError):
        KeyServer(host.jku, other, development=True).fetch()
    assert host.times == 0


def test_it_checks_the_name_of_the_server(host: KeyHost) -> None:
    with pytest.raises(KeyFetchError):
        KeyServer(host.jku.replace("localhost", "127.0.0.1"), host.ca_bundle, development=True).fetch()
    assert host.times == 0


@pytest.mark.reliability(6)
def test_it_opens_no_connection_to_this_machine_in_production(host: KeyHost) -> None:
    with pytest.raises(KeyFetchError, match="blocked"):
        KeyServer(host.jku, host.ca_bundle).fetch()
    assert host.times == 0


@pytest.mark.parametrize("address", ["169.254.169.254", "0.0.0.0", "::1", "64:ff9b::7f00:1", "2002:7f00:1::"])
def test_it_opens_no_connection_where_no_key_server_is(address: str) -> None:
    with pytest.raises(KeyFetchError, match="blocked"):
        KeyServer("https://keys.example/jwks", resolve=lambda *_: [address]).fetch()


def _too_large(exchange: Exchange) -> None:
    exchange.begin()
    for _ in range(MOST_BYTES // 65_536 + 2):
        exchange.wfile.write(b" " * 65_536)


def _drip(exchange: Exchange) -> None:
    exchange.begin()
    while not exchange.server.over.wait(0.2):
        exchange.wfile.write(b" ")


def _slow_head(exchange: Exchange) -> None:
    exchange.server.over.wait(10)


@pytest.mark.reliability(16)
@pytest.mark.parametrize(
    ("script", "words"),
    [
        (_too_large, "too large"),
        (lambda exchange: exchange.answer(gzip.compress(b" " * 99), Content_Encoding="gzip"), "encoded answer"),
        (lambda exchange: exchange.answer(b"", 500), "status 500"),
    ],
    ids=["too large", "encoded", "failing"],
)
def test_it_takes_no_bad_answer(host: KeyHost, script: Script, words: str) -> None:
    host.server.script = script
    with pytest.raises(KeyFetchError, match=words):
        _server(host).fetch()


@pytest.mark.reliability(16)
@pytest.mark.parametrize("script", [_drip, _slow_head], ids=["drips", "silent"])
def test_it_gives_up_after_two_seconds(host: KeyHost, script: Script) -> None:
    host.server.script = script
    started = monotonic()
    with pytest.raises(KeyFetchError):
        _server(host).fetch()
    host.server.over.set()
    assert 1.5 < monotonic() - started < 3
