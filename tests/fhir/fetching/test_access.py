"""Which calls give access, and that the token shows nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from service.fhir.fetching.access import Access, NoAccess, find_access
from service.fhir.fetching.registration import FhirServers
from tests.fhir.fetching.asking import TOKEN, hook_call

SERVERS = FhirServers(bases=["https://ehr.example.org/fhir"])


def test_it_takes_a_registered_base_however_it_is_spelt() -> None:
    access = find_access(hook_call("HTTPS://ehr.example.org:443/fhir/"), SERVERS, "p1")
    assert isinstance(access, Access)
    assert access.base.url == "https://ehr.example.org/fhir"


@pytest.mark.reliability(41)
@pytest.mark.reliability(42)
@pytest.mark.parametrize(
    ("server", "authorization", "reason"),
    [
        ("https://ehr.example.org/fhir2", {}, NoAccess.NOT_REGISTERED),
        ("no url", {}, NoAccess.NOT_REGISTERED),
        ("https://ehr.example.org/fhir", {"token_type": "mac"}, NoAccess.NOT_BEARER),
        ("https://ehr.example.org/fhir", {"access_token": "a b"}, NoAccess.UNSENDABLE),
        ("https://ehr.example.org/fhir", {"access_token": "ä"}, NoAccess.UNSENDABLE),
        ("https://ehr.example.org/fhir", {"access_token": "a" * 20_000}, NoAccess.UNSENDABLE),
        ("https://ehr.example.org/fhir", {"access_token": ""}, NoAccess.UNSENDABLE),
        ("https://ehr.example.org/fhir", {"expires_in": 0}, NoAccess.EXPIRED),
        ("https://ehr.example.org/fhir", {"patient": "p2"}, NoAccess.OTHER_PATIENT),
    ],
)
def test_it_says_why_access_may_not_be_used(server: str, authorization: dict[str, Any], reason: NoAccess) -> None:
    assert find_access(hook_call(server, **authorization), SERVERS, "p1") is reason


@pytest.mark.parametrize("patient", ["p1", "Patient/p1", None])
def test_it_takes_a_token_for_the_patient(patient: str | None) -> None:
    assert isinstance(find_access(hook_call(SERVERS.bases[0], patient=patient), SERVERS, "p1"), Access)


def test_it_asks_for_the_registered_scopes() -> None:
    servers = FhirServers(bases=SERVERS.bases, scopes=["patient/Observation.rs"])
    request = hook_call(servers.bases[0], scope="patient/Patient.rs")
    assert find_access(request, servers, "p1") is NoAccess.SCOPE
    request = hook_call(servers.bases[0], scope="patient/Patient.rs patient/Observation.rs")
    assert isinstance(find_access(request, servers, "p1"), Access)


def test_it_uses_plain_http_in_development_alone() -> None:
    servers = FhirServers(bases=["http://localhost:8000/fhir"])
    request = hook_call("http://localhost:8000/fhir")
    assert find_access(request, servers, "p1") is NoAccess.PLAIN_HTTP
    assert isinstance(find_access(request, servers, "p1", plain_http=True), Access)


@pytest.mark.reliability(40)
def test_it_shows_no_token() -> None:
    access = find_access(hook_call(SERVERS.bases[0]), SERVERS, "p1")
    assert isinstance(access, Access)
    assert access.token == TOKEN
    assert TOKEN not in f"{access!r} {access}"
