"""Fetching over real sockets: what is asked, what comes of every kind of bad server, and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cds_hooks.prefetch import State
from service.fhir.fetching.outcome import Outcome
from tests.fhir.fetching.asking import TEMPLATES, TOKEN, Asking
from tests.fhir.fetching.record_server import Exchange, bundle, resource, usual

Ask = Callable[..., Asking]


def test_it_sends_exactly_the_declared_queries(asking: Ask) -> None:
    ask = asking(usual)
    done = ask()
    assert sorted(ask.server.asked) == [
        "/fhir/Condition?patient=p1&category=problem-list-item&_count=200",
        "/fhir/Observation?patient=p1&code=1975-2,https://livercds.org/x%7C&_sort=-date&_count=100",
        "/fhir/Patient/p1",
    ]
    assert [value.state for value in done.values.values()] == [State.RESOURCE, State.BUNDLE, State.BUNDLE]
    assert all(value.is_complete for value in done.values.values())
    assert ask.counted == {"answered": 3}


def test_it_asks_with_the_token_for_plain_fhir_json(asking: Ask) -> None:
    ask = asking(usual)
    ask()
    for headers in ask.server.headers:
        assert headers["Authorization"] == f"Bearer {TOKEN}"
        assert headers["Accept"] == "application/fhir+json"
        assert headers["Accept-Encoding"] == "identity"
        assert headers["Host"] == f"127.0.0.1:{ask.server.server_port}"


def test_it_asks_only_for_keys_that_did_not_come(asking: Ask) -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    ask = asking(usual)
    done = ask(prefetch={"patient": resource("Patient"), "conditions": None, "labs": outcome})
    assert ask.server.asked == []
    assert done.values["conditions"].state is State.NULL
    assert done.values["labs"].state is State.OUTCOME


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"base": "https://other.example/fhir"}, "not registered"),
        ({"token_type": "MAC"}, "not Bearer"),
        ({"expires_in": 0}, "expired"),
        ({"patient": "p2"}, "another patient"),
        ({"access_token": "a\r\nX: y"}, "cannot stand in a header"),
    ],
)
def test_it_asks_nothing_without_access_that_may_be_used(
    asking: Ask, caplog: pytest.LogCaptureFixture, call: dict[str, Any], words: str
) -> None:
    ask = asking(usual)
    done = ask(**call)
    assert ask.server.asked == []
    assert done.outcomes == {}
    assert words in caplog.text


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, Outcome.DENIED),
        (403, Outcome.DENIED),
        (404, Outcome.NOT_FOUND),
        (429, Outcome.BUSY),
        (418, Outcome.ERROR),
        (500, Outcome.SERVER_ERROR),
        (206, Outcome.ERROR),
        (204, Outcome.ERROR),
        (302, Outcome.REDIRECTED),
        (307, Outcome.REDIRECTED),
    ],
)
def test_it_says_what_a_status_means_and_asks_once(asking: Ask, status: int, outcome: Outcome) -> None:
    ask = asking(lambda exchange: exchange.answer(b"" if status == 204 else b"{}", status, Location="/fhir/x"))
    done = ask()
    assert set(done.outcomes.values()) == {outcome}
    assert {value.trouble for value in done.values.values()} == {outcome.words}
    assert {value.state for value in done.values.values()} == {State.ABSENT}
    assert len(ask.server.asked) == len(TEMPLATES)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_it_tries_a_failing_gateway_once_more(asking: Ask, status: int) -> None:
    ask = asking(lambda exchange: exchange.answer(b"", status))
    done = ask()
    assert set(done.outcomes.values()) == {Outcome.SERVER_ERROR}
    assert len(ask.server.asked) == 2 * len(TEMPLATES)


def test_it_takes_the_second_answer_of_a_gateway_that_recovers(asking: Ask) -> None:
    def script(exchange: Exchange) -> None:
        is_first = exchange.server.asked.count(exchange.path) == 1
        exchange.answer(b"", 503) if is_first else usual(exchange)

    assert all(value.is_complete for value in asking(script)().values.values())


@pytest.mark.reliability(32)
def test_it_sends_the_token_nowhere_when_redirected(asking: Ask, serve: Callable[..., Any]) -> None:
    other = serve(usual)
    ask = asking(lambda exchange: exchange.answer(b"", 307, Location=other.url))
    assert set(ask().outcomes.values()) == {Outcome.REDIRECTED}
    assert other.asked == []


HTML = b"<html><body>Please log in</body></html>"


@pytest.mark.reliability(43)
@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (HTML, Outcome.UNREADABLE),
        (b"", Outcome.UNREADABLE),
        (b"null", Outcome.UNREADABLE),
        (b'{"resourceType": "Bundle", "entry": [', Outcome.UNREADABLE),
        (b"[" * 100_000, Outcome.UNREADABLE),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", Outcome.UNREADABLE),
        ({"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}, Outcome.ERROR),
        ({"resourceType": "Bundle", "total": 3}, Outcome.UNREADABLE),
    ],
)
def test_it_takes_what_is_no_data_for_not_available(asking: Ask, body: Any, outcome: Outcome) -> None:
    done = asking(lambda exchange: exchange.answer(body))()
    assert done.outcomes["labs"] is outcome
    assert not done.values["labs"].is_complete
    assert list(done.values["labs"]) == []


def test_it_takes_an_empty_bundle_for_nothing_recorded(asking: Ask) -> None:
    done = asking(lambda exchange: exchange.answer(bundle()))()
    assert done.values["labs"].state is State.EMPTY
    assert done.values["labs"].is_complete
    assert done.outcomes["patient"] is Outcome.WRONG_KIND


def test_it_keeps_nothing_of_a_kind_that_was_not_asked_for(asking: Ask) -> None:
    done = asking(lambda exchange: exchange.answer(bundle(resource("Observation"), resource("Procedure"))))()
    labs = done.values["labs"]
    assert len(labs.resources) == 1
    assert b"Observation" in bytes(labs.resources[0])
    assert labs.trouble == Outcome.WRONG_KIND.words
    assert done.outcomes["conditions"] is Outcome.WRONG_KIND


def test_it_says_that_a_server_is_not_there(asking: Ask) -> None:
    ask = asking(usual)
    ask.server.stop()
    assert set(ask().outcomes.values()) == {Outcome.UNREACHABLE}
    assert ask.seconds < 1


@pytest.mark.reliability(40)
def test_it_tells_nothing_of_patient_token_or_body_to_the_log(asking: Ask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    scripts = [
        usual,
        lambda exchange: exchange.answer(HTML + b"p1"),
        lambda exchange: exchange.wfile.write(b"HTTP/1.1 200 OK\r\nbad header p1\r\n: x\r\n\r\n{}"),
        lambda exchange: exchange.wfile.write(b"nonsense p1\r\n\r\n"),
    ]
    for script in scripts:
        asking(script)()
    assert TOKEN not in caplog.text
    assert "p1" not in caplog.text.replace("http1", "")


def test_it_counts_nothing_but_labels(asking: Ask) -> None:
    ask = asking(lambda exchange: exchange.answer(b"", 500))
    ask()
    assert set(ask.counted) <= {outcome.label for outcome in Outcome}
