"""Servers that mean harm or are broken: the answer comes in time, memory stays small, the token goes nowhere else."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from cds_hooks.prefetch import classify
from service.fhir.fetching.outcome import Outcome
from service.fhir.fetching.registration import Limits
from tests.fhir.fetching.asking import TEMPLATES, TOKEN, Asking, hook_call
from tests.fhir.fetching.dripping import dripping_body, dripping_headers, until_over
from tests.fhir.fetching.record_server import Exchange, bundle, resource, silent, usual

Ask = Callable[..., Asking]
SECONDS = 0.6
TOLERANCE = 0.1
MEBIBYTE = 1024 * 1024


def dripping_chunks(exchange: Exchange) -> None:
    exchange.begin(Transfer_Encoding="chunked")
    until_over(exchange, b"1\r\n \r\n")


def dripping_chunk_size(exchange: Exchange) -> None:
    exchange.begin(Transfer_Encoding="chunked")
    until_over(exchange, b"0")


def continuing_for_ever(exchange: Exchange) -> None:
    until_over(exchange, b"HTTP/1.1 100 Continue\r\n\r\n", 0.01)


def short_of_its_length(exchange: Exchange) -> None:
    exchange.begin(Content_Length="100000")
    exchange.wfile.write(b'{"resourceType": "Bundle"}')
    exchange.wfile.flush()
    exchange.server.over.wait(10)


SLOW = [
    silent, dripping_body, dripping_headers, dripping_chunks, dripping_chunk_size, continuing_for_ever,
    short_of_its_length,
]  # fmt: skip


@pytest.mark.reliability(36)
@pytest.mark.parametrize("script", SLOW, ids=lambda script: script.__name__)
def test_it_ends_at_the_deadline(asking: Ask, script: Callable[[Exchange], None]) -> None:
    ask = asking(script)
    took = []
    for _ in range(3):  # the machine may be busy with something else
        done = ask(seconds=SECONDS)
        assert set(done.outcomes.values()) == {Outcome.TIMEOUT}
        assert done.ran_out_of_time
        took.append(ask.seconds)
        if ask.seconds <= SECONDS + TOLERANCE:
            break
    assert min(took) <= SECONDS + TOLERANCE


@pytest.mark.reliability(36)
@pytest.mark.parametrize("script", SLOW, ids=lambda script: script.__name__)
def test_it_frees_its_threads_at_the_deadline(asking: Ask, script: Callable[[Exchange], None]) -> None:
    """With three threads and three queries a second call gets nowhere if the first one's threads still wait."""
    ask = asking(lambda exchange: script(exchange) if len(exchange.server.asked) <= 3 else usual(exchange),
                 Limits(parallel=3))  # fmt: skip
    ask(seconds=0.3)
    assert set(ask(seconds=3.0).outcomes.values()) == {Outcome.ANSWERED}


def test_it_keeps_what_came_in_time(asking: Ask) -> None:
    done = asking(lambda exchange: silent(exchange) if exchange.kind == "Condition" else usual(exchange))(seconds=1.0)
    assert done.values["labs"].is_complete
    assert done.values["conditions"].trouble == "the record system did not answer in time"


def test_it_gives_up_on_a_name_server_that_does_not_answer(asking: Ask) -> None:
    ask = asking(usual, resolve=_never)
    done = ask(seconds=SECONDS)
    assert set(done.outcomes.values()) == {Outcome.TIMEOUT}
    assert ask.seconds < 1.5
    assert ask.server.asked == []


def _never(*_: object) -> tuple[str, ...]:
    sleep(2)
    return ()


def endless(exchange: Exchange) -> None:
    exchange.begin()
    while not exchange.server.over.is_set():
        exchange.wfile.write(b" " * 65536)


def endless_chunks(exchange: Exchange) -> None:
    exchange.begin(Transfer_Encoding="chunked")
    while not exchange.server.over.is_set():
        exchange.wfile.write(b"10000\r\n" + b" " * 65536 + b"\r\n")


def endless_headers(exchange: Exchange) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not exchange.server.over.is_set():
        exchange.wfile.write(b"X-More: " + b"x" * 60000 + b"\r\n")


def endless_error(exchange: Exchange) -> None:
    exchange.send_response(500)
    exchange.end_headers()
    while not exchange.server.over.is_set():
        exchange.wfile.write(b" " * 65536)


def announced(exchange: Exchange) -> None:
    exchange.begin(Content_Length=str(10**12))
    exchange.server.over.wait(10)


@pytest.mark.reliability(37)
@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        (endless, Outcome.TOO_LARGE),
        (endless_chunks, Outcome.TOO_LARGE),
        (announced, Outcome.TOO_LARGE),
        (endless_error, Outcome.SERVER_ERROR),
        (endless_headers, None),
    ],
)
def test_it_stops_reading_at_its_cap(asking: Ask, script: Callable[[Exchange], None], outcome: Outcome | None) -> None:
    ask = asking(script, Limits(response_bytes=MEBIBYTE))
    tracemalloc.start()
    try:
        done = ask(seconds=20)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcome is None or set(done.outcomes.values()) == {outcome}
    assert list(done.values["labs"]) == []
    assert peak < 40 * MEBIBYTE
    assert ask.seconds < 20


def test_it_counts_the_bytes_of_a_call_together(asking: Ask) -> None:
    large = {**resource("Observation"), "note": "x" * 3000}
    ask = asking(lambda exchange: exchange.answer(bundle(large)), Limits(response_bytes=4096, call_bytes=4096))
    assert Outcome.TOO_LARGE in ask().outcomes.values()


@pytest.mark.reliability(35)
@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip", "GZIP"])
def test_it_unpacks_nothing(asking: Ask, encoding: str) -> None:
    packed = gzip.compress(b" " * 30 * MEBIBYTE)
    done = asking(lambda exchange: exchange.answer(packed, Content_Encoding=encoding))()
    assert set(done.outcomes.values()) == {Outcome.UNREADABLE}


def test_it_ends_when_the_connection_is_reset(asking: Ask) -> None:
    ask = asking(lambda exchange: exchange.connection.close())
    done = ask(seconds=SECONDS)
    assert set(done.outcomes.values()) <= {Outcome.UNREACHABLE, Outcome.TIMEOUT}
    assert len(ask.server.asked) <= 6


def _pages(exchange: Exchange, link: str) -> None:
    exchange.answer(resource("Patient") if exchange.kind == "Patient"
                    else bundle(resource(exchange.kind, len(exchange.server.asked)), following=link))  # fmt: skip


def test_it_follows_pages_inside_the_base(asking: Ask) -> None:
    def script(exchange: Exchange) -> None:
        if exchange.path == "/fhir?page=2":
            exchange.answer(bundle(resource("Observation", "second")))
        else:
            _pages(exchange, f"{exchange.server.url}?page=2" if exchange.kind == "Observation" else "")

    labs = asking(script)().values["labs"]
    assert labs.is_complete
    assert [b"second" in bytes(raw) for raw in labs] == [False, True]


@pytest.mark.reliability(33)
def test_it_follows_the_next_page_of_what_was_prefetched(asking: Ask) -> None:
    ask = asking(usual)
    first = bundle(resource("Observation", "first"), following=f"{ask.server.url}/Observation?page=2")
    done = ask(prefetch={"patient": resource("Patient"), "conditions": bundle(), "labs": first})
    assert ask.server.asked == ["/fhir/Observation?page=2"]
    assert len(done.values["labs"].resources) == 2
    assert done.values["labs"].is_complete


@pytest.mark.reliability(33)
def test_it_ends_endless_paging_and_says_that_more_follows(asking: Ask) -> None:
    ask = asking(lambda exchange: _pages(exchange, f"/fhir/{exchange.kind}?page={len(exchange.server.asked)}"),
                 Limits(pages=4))  # fmt: skip
    done = ask()
    assert done.values["labs"].trouble == "more pages follow"
    assert len(done.values["labs"].resources) == 4
    assert len(ask.server.asked) == 9


@pytest.mark.reliability(33)
def test_it_asks_for_no_page_twice(asking: Ask) -> None:
    ask = asking(lambda exchange: _pages(exchange, f"/fhir/{exchange.kind}?again"))
    assert ask().values["labs"].trouble == "more pages follow"
    assert len(ask.server.asked) == 5


@pytest.mark.reliability(33)
@pytest.mark.reliability(37)
def test_it_stops_at_its_number_of_entries(asking: Ask) -> None:
    many = [resource("Observation", number) for number in range(60)]

    def script(exchange: Exchange) -> None:
        exchange.answer(bundle(*many, following=f"/fhir/Observation?p={len(exchange.server.asked)}"))

    done = asking(script, Limits(entries=100))()
    assert done.values["labs"].trouble == "not complete, the record system sent too much"
    assert len(done.values["labs"].resources) == 60


@pytest.mark.reliability(33)
def test_it_sends_the_token_to_no_foreign_page(asking: Ask, serve: Callable[..., Any]) -> None:
    other = serve(usual)
    done = asking(lambda exchange: _pages(exchange, f"{other.url}/Observation?page=2"))()
    assert done.values["labs"].trouble == "not complete, further pages lie outside the record system"
    assert other.asked == []


@pytest.mark.reliability(39)
def test_it_heeds_no_proxy_netrc_or_bundle_of_the_environment(
    asking: Ask, serve: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    proxy = serve(usual)
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url.removesuffix("/fhir"))
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login thief password secret\ndefault login thief password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    ask = asking(usual)
    assert set(ask().outcomes.values()) == {Outcome.ANSWERED}
    assert proxy.asked == []
    assert ask.server.tokens == {f"Bearer {TOKEN}"}


def test_it_keeps_no_cookies(asking: Ask) -> None:
    def script(exchange: Exchange) -> None:
        link = f"/fhir/{exchange.kind}?page=2" if "page" not in exchange.path else ""
        content = resource("Patient") if exchange.kind == "Patient" else bundle(resource(exchange.kind), following=link)
        exchange.answer(content, Set_Cookie="session=1; Path=/")

    ask = asking(script)
    ask()
    assert not any("Cookie" in headers for headers in ask.server.headers)


def test_it_leaves_alone_a_server_that_does_not_answer(asking: Ask) -> None:
    now = [0.0]
    ask = asking(lambda exchange: exchange.answer(b"", 500), Limits(failures=2, pause_seconds=5), clock=lambda: now[0])
    for _ in range(2):
        ask.fetcher.complete(**_call(ask))
    asked = len(ask.server.asked)
    assert set(ask.fetcher.complete(**_call(ask)).outcomes.values()) == {Outcome.PAUSED}
    assert len(ask.server.asked) == asked
    now[0] = 6.0
    ask.server.script = usual
    assert set(ask.fetcher.complete(**_call(ask)).outcomes.values()) == {Outcome.ANSWERED}
    assert set(ask.fetcher.complete(**_call(ask)).outcomes.values()) == {Outcome.ANSWERED}


def _call(ask: Asking) -> dict[str, Any]:
    return {"prefetched": classify(TEMPLATES, None), "request": hook_call(ask.server.url), "patient_id": "p1",
            "until": 100.0}  # fmt: skip
