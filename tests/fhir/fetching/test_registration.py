"""What clients.yaml may say of FHIR servers, and how a mistake is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.clients import ClientsError, load_clients
from service.fhir.fetching.registration import FhirServers


def _load(folder: Path, fhir: str) -> FhirServers:
    path = folder / "clients.yaml"
    path.write_text(f"clients:\n  ward:\n    fhir: {fhir}\n", encoding="utf-8")
    return load_clients(path, frozenset({"ctace"}))["ward"].fhir


def test_it_reads_servers_with_their_networks_and_limits(tmp_path: Path) -> None:
    fhir = _load(tmp_path, '{bases: ["https://ehr.example/fhir/"], networks: [10.20.0.0/16], limits: {pages: 3}}')
    assert [base.url for base in fhir.read_bases()] == ["https://ehr.example/fhir"]
    assert [str(network) for network in fhir.read_networks()] == ["10.20.0.0/16"]
    assert (fhir.limits.pages, fhir.limits.response_bytes) == (3, 4 * 1024 * 1024)


def test_it_fetches_from_nowhere_by_default(tmp_path: Path) -> None:
    assert _load(tmp_path, "{}").read_bases() == frozenset()


@pytest.mark.parametrize(
    ("fhir", "words"),
    [
        ('{bases: ["http://ehr.example/fhir"]}', "must be https"),
        ('{bases: ["https://u:p@ehr.example/fhir"]}', "without user"),
        ('{bases: ["https://ehr.example/fhir?x=1"]}', "without user"),
        ('{bases: ["https://127.1/fhir"]}', "name its host in full"),
        ('{bases: ["https://ehr.example/a/../b"]}', "without empty or dot segments"),
        ('{bases: ["https://ehr.example:0/"]}', "port from 1"),
        ("{networks: [10.20.0.1/16]}", "'10.20.0.1/16' is no network"),
        ("{networks: [everywhere]}", "'everywhere' is no network"),
        ("{ca_bundle: /no/such/file.pem}", "no file with certificates"),
        ("{limits: {pages: 0}}", "pages"),
        ("{limits: {entries: 100000000}}", "entries"),
        ("{base: x}", "base"),
    ],
)
def test_it_names_what_cannot_be_used(tmp_path: Path, fhir: str, words: str) -> None:
    with pytest.raises(ClientsError) as caught:
        _load(tmp_path, fhir)
    assert words in str(caught.value)


def test_it_takes_a_file_without_certificates_for_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing")
    with pytest.raises(ClientsError, match="no file with certificates"):
        _load(tmp_path, f"{{ca_bundle: {tmp_path / 'empty.pem'}}}")


def test_it_reads_plain_http_on_this_machine_for_development(tmp_path: Path) -> None:
    assert _load(tmp_path, '{bases: ["http://localhost:8000/fhir"]}').read_bases()
