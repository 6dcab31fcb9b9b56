"""A base is compared part by part: what only looks like it is another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.fhir.fetching.base import Base, BaseError, read_base
from service.fhir.fetching.outcome import FetchError

BASE = read_base("https://ehr.example.org/fhir/r4")
OTHERS = (
    "https://ehr.example.org.evil.test/fhir/r4",
    "https://ehr.example.org@evil.test/fhir/r4",
    "https://evil.test/?https://ehr.example.org/fhir/r4",
    "https://ehr.example.org\\@evil.test/fhir/r4",
    "https://ehr.example.org#@evil.test/fhir/r4",
    "https://ehr.example.org./fhir/r4",
    "https://ehr.example.org:444/fhir/r4",
    "https://ehr.example.org:80/fhir/r4",
    "http://ehr.example.org/fhir/r4",
    "https://ehr.example.org/fhir/r4-evil",
    "https://ehr.example.org/fhir",
    "https://ehr.example.org/fhir/r4/../../admin",
    "https://ehr.example.org/fhir/r4/%2e%2e/%2e%2e/admin",
    "https://ehr.example.org/fhir/r4/./x/..",
    "https://ehr.example.org/fhir%2fr4",
    "https://ehr.example.org//fhir/r4",
    "https://ehr.example.org/FHIR/r4",
    "https://user@ehr.example.org/fhir/r4",
    "https://user:pass@ehr.example.org/fhir/r4",
    "https://ehr.ex\u0430mple.org/fhir/r4",
    "http\u017f://ehr.example.org/fhir/r4",
    "https://ehr.example.org/fhir/r4\n",
    " https://ehr.example.org/fhir/r4",
    "https://ehr.example.org\t/fhir/r4",
    "https:/ehr.example.org/fhir/r4",
    "//evil.test/fhir/r4",
    "///evil.test/fhir/r4",
    "\\\\evil.test\\fhir\\r4",
    "file:///etc/passwd",
    "ftp://ehr.example.org/fhir/r4",
    "javascript:alert(1)",
    "https://[::1]/fhir/r4",
    "https://[/fhir/r4",
    "https://ehr.example.org:99999999/fhir/r4",
    "https://127.1/fhir/r4",
)


def _or_none(text: str) -> Base | None:
    try:
        return read_base(text)
    except BaseError:
        return None


@pytest.mark.parametrize(
    "text",
    ["https://ehr.example.org/fhir/r4/", "HTTPS://EHR.Example.ORG:443/fhir/r4", "https://ehr.example.org/fhir/r4"],
)
def test_it_reads_spellings_of_one_base_alike(text: str) -> None:
    assert read_base(text) == BASE
    assert read_base(text).url == "https://ehr.example.org/fhir/r4"


@pytest.mark.reliability(27)
@pytest.mark.parametrize("text", OTHERS)
def test_it_takes_nothing_else_for_the_base(text: str) -> None:
    assert _or_none(text) != BASE


@pytest.mark.reliability(27)
@pytest.mark.reliability(33)
@pytest.mark.parametrize("text", OTHERS)
def test_it_follows_no_link_out_of_the_base(text: str) -> None:
    with pytest.raises(FetchError):
        BASE.page(text)


@pytest.mark.parametrize(
    "text", ["https://ehr.example.org/fhir/r4/Observation%2f..%2fx", "#x", "?a=\u00e9", "x" * 9000]
)
def test_it_follows_no_odd_link(text: str) -> None:
    with pytest.raises(FetchError):
        BASE.page(text)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://ehr.example.org/fhir/r4?_getpages=1&x=%7C", "https://ehr.example.org/fhir/r4?_getpages=1&x=%7C"),
        ("https://EHR.example.org:443/fhir/r4/Condition?p=2", "https://ehr.example.org/fhir/r4/Condition?p=2"),
        ("Condition?p=2", "https://ehr.example.org/fhir/r4/Condition?p=2"),
        ("?p=2", "https://ehr.example.org/fhir/r4/?p=2"),
        ("/fhir/r4/Condition?p=2", "https://ehr.example.org/fhir/r4/Condition?p=2"),
        ("//ehr.example.org/fhir/r4/x", "https://ehr.example.org/fhir/r4/x"),
    ],
)
def test_it_follows_links_inside_the_base(link: str, url: str) -> None:
    assert BASE.page(link) == url


@given(st.text(max_size=60))
def test_it_makes_urls_of_its_own_origin_and_path_only(text: str) -> None:
    try:
        url = BASE.page(text)
    except FetchError:
        return
    rest = url.removeprefix("https://ehr.example.org/fhir/r4")
    assert rest != url
    assert rest[:1] in {"", "/", "?"}
    assert ".." not in rest.partition("?")[0].split("/")


@pytest.mark.reliability(29)
@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "0x7f000001", "1.2.3", "a..b", "-a.b"])
def test_it_registers_no_host_that_resolvers_read_as_something_else(host: str) -> None:
    assert _or_none(f"https://{host}/fhir") is None


@pytest.mark.parametrize("host", ["10.20.0.5", "[2a00:1450::1]", "localhost", "ehr-1.example.org"])
def test_it_registers_plain_hosts(host: str) -> None:
    assert read_base(f"https://{host}:8443/fhir").url == f"https://{host}:8443/fhir"
