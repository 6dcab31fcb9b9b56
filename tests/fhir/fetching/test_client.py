"""The client alone, with the network replaced: which requests it makes, and that its errors hold nothing."""

from __future__ import annotations

import ssl
import traceback
from collections.abc import Iterator
from time import monotonic

import pytest
import requests
import responses

from service.fhir.client import FhirClient, open_session
from service.fhir.fetching.access import Access
from service.fhir.fetching.base import read_base
from service.fhir.fetching.budget import Budget
from service.fhir.fetching.deadline import Deadline
from service.fhir.fetching.line import Line
from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.registration import Limits
from tests.fhir.fetching.asking import TOKEN

BASE = read_base("https://ehr.example.org/fhir")
URL = "https://ehr.example.org/fhir/Patient/p1"


@pytest.fixture
def client() -> Iterator[FhirClient]:
    deadline = Deadline(monotonic() + 5, monotonic)
    access, line = Access(BASE, TOKEN), Line((), BASE.port, deadline)
    with open_session(access, line, ssl.create_default_context(), 1) as session:
        yield FhirClient(access, session, deadline, Budget(Limits()), 4096)


@pytest.fixture
def network() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


def test_it_gives_the_body_of_a_good_answer(client: FhirClient, network: responses.RequestsMock) -> None:
    network.get(URL, body=b"{}")
    assert client.get(URL) == b"{}"
    assert network.calls[0].request.headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/fhir/x", "https://ehr.example.org/other", "http://ehr.example.org/fhir/x", "file:///etc/x"],
)
def test_it_sends_nothing_outside_the_base(client: FhirClient, network: responses.RequestsMock, url: str) -> None:
    with pytest.raises(FetchError) as caught:
        client.get(url)
    assert caught.value.outcome is Outcome.FOREIGN_PAGE
    assert len(network.calls) == 0


def test_it_has_no_way_out_of_the_base_even_for_a_mistake_of_ours(client: FhirClient) -> None:
    with pytest.raises(requests.exceptions.InvalidSchema):
        client.session.get("https://evil.example/", timeout=1)


@pytest.mark.parametrize(
    ("error", "outcome", "times"),
    [
        (requests.ConnectionError(f"{URL} {TOKEN}"), Outcome.UNREACHABLE, 2),
        (requests.exceptions.SSLError(f"{URL} {TOKEN}"), Outcome.INSECURE, 1),
        (requests.ReadTimeout(f"{URL} {TOKEN}"), Outcome.TIMEOUT, 1),
        (requests.ConnectTimeout(f"{URL} {TOKEN}"), Outcome.TIMEOUT, 1),
        (requests.exceptions.ChunkedEncodingError(f"{URL} {TOKEN}"), Outcome.UNREADABLE, 1),
        (requests.exceptions.InvalidHeader(f"{URL} {TOKEN}"), Outcome.UNREADABLE, 1),
    ],
)
def test_it_tells_failures_apart_and_its_error_quotes_nothing(
    client: FhirClient, network: responses.RequestsMock, error: Exception, outcome: Outcome, times: int
) -> None:
    network.get(URL, body=error)
    with pytest.raises(FetchError) as caught:
        client.get(URL)
    assert caught.value.outcome is outcome
    assert len(network.calls) == times
    told = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in told
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_it_refuses_a_body_beyond_its_cap(client: FhirClient, network: responses.RequestsMock) -> None:
    network.get(URL, body=b" " * 5000)
    with pytest.raises(FetchError) as caught:
        client.get(URL)
    assert caught.value.outcome is Outcome.TOO_LARGE


def test_it_shows_no_token(client: FhirClient) -> None:
    assert TOKEN not in repr(client)
    assert TOKEN not in str(client.session.headers)
