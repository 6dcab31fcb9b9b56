"""Record systems that mean harm to the running service: it answers in time, stays small, and tells nobody its token."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest

from tests.fhir.fetching.dripping import dripping_body, dripping_headers, until_over
from tests.fhir.fetching.record_server import Exchange, RecordServer, Script, bundle, resource, silent, usual
from tests.system.fetching_service import DEADLINE, TOKEN, TOLERANCE, Running, megabytes, running_service

pytestmark = pytest.mark.system
MEBIBYTE = 1024 * 1024
BOMB = gzip.compress(b" " * 300 * MEBIBYTE)
NESTED = gzip.compress(BOMB)
HTML = b"<html><form action='/login'><input type=password></form></html>"


def endless_chunks(exchange: Exchange) -> None:
    exchange.begin(Transfer_Encoding="chunked")
    until_over(exchange, b"10000\r\n" + b" " * 65536 + b"\r\n", 0)


def two_hundred_megabytes(exchange: Exchange) -> None:
    exchange.begin()
    for _ in range(200):
        exchange.wfile.write(b" " * MEBIBYTE)


def lying_length(exchange: Exchange) -> None:
    exchange.begin(Content_Length="50")
    exchange.wfile.write(b'{"resourceType": "Bundle", "type": "searchset", "entry": []}' * 1000)


def bomb(exchange: Exchange) -> None:
    exchange.answer(BOMB, Content_Encoding="gzip")


def bomb_unannounced(exchange: Exchange) -> None:
    exchange.answer(BOMB)


def nested_bomb(exchange: Exchange) -> None:
    exchange.answer(NESTED, Content_Encoding="gzip, gzip")


def deflate_bomb(exchange: Exchange) -> None:
    exchange.answer(zlib.compress(b" " * 50 * MEBIBYTE), Content_Encoding="deflate")


def bomb_in_an_error(exchange: Exchange) -> None:
    exchange.answer(BOMB, 500, Content_Encoding="gzip")


def html(exchange: Exchange) -> None:
    exchange.answer(HTML, Content_Type="text/html")


def another_kind(exchange: Exchange) -> None:
    exchange.answer(bundle(resource("Appointment")))


def many_entries(exchange: Exchange) -> None:
    exchange.answer(bundle(*[resource(exchange.kind, number) for number in range(8000)]))


def deep(exchange: Exchange) -> None:
    exchange.answer(b'{"resourceType":"Bundle","entry":' + b"[" * 100_000)


def endless_pages(exchange: Exchange) -> None:
    exchange.answer(bundle(resource(exchange.kind, len(exchange.server.asked)),
                           following=f"/fhir/{exchange.kind}?page={len(exchange.server.asked)}"))  # fmt: skip


def another_patient(exchange: Exchange) -> None:
    exchange.answer(
        resource("Patient") if exchange.kind == "Patient" else bundle(resource(exchange.kind, patient="p2"))
    )


def absolute_references(exchange: Exchange) -> None:
    found = resource(exchange.kind) | {"encounter": {"reference": f"{ELSEWHERE[0]}/Encounter/1"},
                                       "performer": [{"reference": f"{ELSEWHERE[0]}/Practitioner/1"}]}  # fmt: skip
    exchange.answer(found if exchange.kind == "Patient" else bundle(found))


def foreign_page(exchange: Exchange) -> None:
    exchange.answer(bundle(resource(exchange.kind), following=f"{ELSEWHERE[0]}/{exchange.kind}?page=2"))


def redirecting(status: int, path: str = "") -> Script:
    def script(exchange: Exchange) -> None:
        exchange.answer(b"", status, Location=path or f"{ELSEWHERE[0]}{exchange.path}")

    script.__name__ = f"redirecting_{status}{path and '_inside'}"
    return script


ELSEWHERE: list[str] = []
"""the base of a server that must hear nothing"""
HOSTILE = [
    silent, dripping_body, dripping_headers, endless_chunks, two_hundred_megabytes, lying_length,
    bomb, bomb_unannounced, nested_bomb, deflate_bomb, bomb_in_an_error,
    html, another_kind, many_entries, deep, endless_pages, another_patient, absolute_references, foreign_page,
    *(redirecting(status) for status in (301, 302, 303, 307, 308)), redirecting(302, "/fhir/Patient/p1"),
]  # fmt: skip
NUMBERS = {
    "dripping_body": 36, "dripping_headers": 36, "endless_chunks": 36, "lying_length": 36, "silent": 36,
    "two_hundred_megabytes": 37, "many_entries": 37, "bomb": 35, "bomb_unannounced": 35, "nested_bomb": 35,
    "deflate_bomb": 35, "bomb_in_an_error": 35, "html": 43, "another_kind": 43, "deep": 47, "endless_pages": 33,
    "foreign_page": 33, "another_patient": 56, "absolute_references": 34,
}  # fmt: skip


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[RecordServer]:
    server = RecordServer(usual)
    ELSEWHERE[:] = [server.url]
    yield server
    server.stop()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    record = RecordServer(usual)
    with running_service(tmp_path_factory.mktemp("hostile"), record, {}) as service:
        for _ in range(5):
            service.ask()
        yield service
    record.stop()


@pytest.fixture
def attacked(running: Running) -> Iterator[Callable[[Script], Running]]:
    def attack(script: Script) -> Running:
        running.record.script = script
        return running

    yield attack
    running.record.script = usual
    until = monotonic() + 30
    while running.reasons() and monotonic() < until:  # the breaker may have to close
        sleep(0.5)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(script, marks=pytest.mark.reliability(NUMBERS.get(script.__name__, 32)), id=script.__name__)
        for script in HOSTILE
    ],
)
def test_it_answers_in_time_stays_small_and_tells_nobody_the_token(
    attacked: Callable[[Script], Running], elsewhere: RecordServer, script: Script
) -> None:
    service = attacked(script)
    service.ask()  # what a first attack makes the process allocate stays with it
    before, asked = megabytes(service), len(service.record.asked)
    took = []
    for _ in range(3):  # the machine may be busy with something else
        answer, seconds = service.ask()
        assert answer["cards"], "an order for a therapy is never met with silence"
        took.append(seconds)
    assert min(took) <= DEADLINE + TOLERANCE
    assert len(service.record.asked) > asked
    assert megabytes(service) - before < 10
    assert elsewhere.asked == []
    assert service.record.tokens == {f"Bearer {TOKEN}"}


@pytest.mark.reliability(37)
def test_it_holds_no_more_than_its_cap_even_at_the_first_attack(attacked: Callable[[Script], Running]) -> None:
    """16 MiB may be read for one call (clients.yaml, fhir.limits.call_bytes); 10 on top for everything else."""
    before = megabytes(attacked(usual))
    for script in (two_hundred_megabytes, endless_chunks):
        attacked(script).ask()
    assert megabytes(attacked(usual)) - before < 26


@pytest.mark.reliability(40)
def test_it_wrote_neither_token_nor_patient(running: Running) -> None:
    """Last: all that went before has been written."""
    written = running.log.read_text(encoding="utf-8")
    assert "fetching" in written
    assert TOKEN not in written
    assert "Patient/p1" not in written
    assert "patient=" not in written
