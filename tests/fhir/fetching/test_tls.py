"""TLS: the connection goes to the checked address, the certificate is held against the name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from cds_hooks.prefetch import classify
from service.fhir.fetching.fetcher import Fetcher
from service.fhir.fetching.outcome import Outcome
from service.fhir.fetching.registration import FhirServers
from tests.fhir.fetching.asking import TEMPLATES, hook_call
from tests.fhir.fetching.certificates import Authority
from tests.fhir.fetching.record_server import RecordServer, silent, usual

NAME = "ehr.test"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def served(request: pytest.FixtureRequest, authority: Authority) -> Iterator[RecordServer]:
    server = RecordServer(usual, getattr(request, "param", None) or authority.server(NAME))
    yield server
    server.stop()


def _outcomes(server: RecordServer, ca_bundle: Path | str, seconds: float = 5.0) -> set[Outcome]:
    url = f"https://{NAME}:{server.server_port}/fhir"
    servers = FhirServers(bases=[url], ca_bundle=str(ca_bundle))
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    fetcher = Fetcher("ward", servers, TEMPLATES, lambda *_: None, development=True, resolve=resolve)
    done = fetcher.complete(classify(TEMPLATES, None), hook_call(url), "p1", monotonic() + seconds)
    fetcher.close()
    assert asked == [NAME]
    return set(done.outcomes.values())


def test_it_reads_over_tls_by_the_clients_own_authority(served: RecordServer, authority: Authority) -> None:
    assert _outcomes(served, authority.ca_bundle) == {Outcome.ANSWERED}
    assert {headers["Host"] for headers in served.headers} == {f"{NAME}:{served.server_port}"}


def test_it_sends_no_token_to_a_server_that_only_another_authority_vouches_for(
    served: RecordServer, tmp_path: Path
) -> None:
    assert _outcomes(served, Authority(tmp_path, "other").ca_bundle) == {Outcome.INSECURE}
    assert served.asked == []


def test_it_trusts_no_private_authority_by_itself(served: RecordServer) -> None:
    assert _outcomes(served, "") == {Outcome.INSECURE}
    assert served.asked == []


@pytest.mark.parametrize(("host", "days"), [("other.test", 30), (NAME, -1), ("127.0.0.1", 30)])
def test_it_sends_no_token_over_a_certificate_that_does_not_hold(authority: Authority, host: str, days: int) -> None:
    server = RecordServer(usual, authority.server(host, days=days))
    assert _outcomes(server, authority.ca_bundle) == {Outcome.INSECURE}
    assert server.asked == []
    server.stop()


def test_it_speaks_no_old_protocol(authority: Authority) -> None:
    context = authority.server(NAME)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    server = RecordServer(usual, context)
    assert _outcomes(server, authority.ca_bundle) <= {Outcome.INSECURE, Outcome.UNREACHABLE}
    assert server.asked == []
    server.stop()


def test_it_cuts_a_silent_server_over_tls_too(authority: Authority) -> None:
    server = RecordServer(silent, authority.server(NAME))
    started = monotonic()
    assert _outcomes(server, authority.ca_bundle, seconds=0.8) == {Outcome.TIMEOUT}
    assert monotonic() - started < 2
    server.stop()


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["::1"], ["8.8.8.8", "127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"]]
)
def test_it_opens_no_connection_to_an_address_that_is_not_allowed(
    served: RecordServer, authority: Authority, addresses: list[str]
) -> None:
    url = f"https://{NAME}:{served.server_port}/fhir"
    servers = FhirServers(bases=[url], ca_bundle=str(authority.ca_bundle))
    fetcher = Fetcher("ward", servers, TEMPLATES, lambda *_: None, resolve=lambda *_: addresses)
    done = fetcher.complete(classify(TEMPLATES, None), hook_call(url), "p1", monotonic() + 5)
    fetcher.close()
    assert set(done.outcomes.values()) == {Outcome.BLOCKED}
    assert served.asked == []
