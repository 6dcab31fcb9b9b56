"""Fetching as a hook call sees it: which queries go out, what the card says, and when it is 412."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.codes.prefetch import templates
from service.settings import read_settings
from tests.conftest import NOW
from tests.fhir.fetching.record_server import Exchange, RecordServer, Script, bundle, resource, silent, usual
from tests.web.requests import PATIENT, SELECT, hook_request, lab, order

QUERIES = [
    "AllergyIntolerance?patient=p1&_count=100",
    "Condition?patient=p1&category=encounter-diagnosis&_count=200",
    "Condition?patient=p1&category=problem-list-item&_count=200",
    "Device?patient=p1&_count=50",
    "DiagnosticReport?patient=p1&category=RAD,LP29684-5,LP29708-2&_sort=-date&_count=50",
    "MedicationRequest?patient=p1&_count=200",
    "Observation?patient=p1&code=…&_sort=-date&_count=100",
    "Observation?patient=p1&code=…&_sort=-date&_count=100",
    "Observation?patient=p1&code=…&_sort=-date&_count=100",
    "Patient/p1",
    "Procedure?patient=p1&_sort=-date&_count=100",
    "QuestionnaireResponse?patient=p1&questionnaire=https://livercds.org/fhir/Questionnaire/liver-directed-therapy"
    "&_sort=-authored&_count=5",
]
"""All that is ever asked of a record system. A new query is a change of what leaves the hospital: add it on purpose."""
TOKEN = "tok-Kanarienvogel"


class Ward:
    """A client of the service whose record system is a scripted server."""

    def __init__(self, folder: Path, record: RecordServer, deadline_ms: int) -> None:
        self.record = record
        clients = folder / "clients.yaml"
        clients.write_text(f"clients:\n  ward:\n    fhir: {{bases: ['{record.url}']}}\n", encoding="utf-8")
        settings = read_settings(
            {}, mode="development", data_dir=str(folder / "data"), clients=str(clients), deadline_ms=deadline_ms
        )
        self.client: FlaskClient = create_app(settings, clock=lambda: NOW).test_client()
        self.seconds = 0.0

    def post(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        started = monotonic()
        response = self.client.post(SELECT, data=json.dumps(body), content_type="application/json")
        self.seconds = monotonic() - started
        return response.status_code, json.loads(response.data)

    def ask(self, *orders: dict[str, Any], prefetch: dict[str, Any] | None = None, **authorization: Any) -> Any:
        """The answer to a call that gives access to the record system."""
        body = hook_request(*orders) | {"prefetch": prefetch or {}, "fhirServer": self.record.url}
        granted = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 60, **authorization}
        status, answer = self.post(body | {"fhirAuthorization": granted})
        assert status == 200
        return answer


@pytest.fixture
def ward(tmp_path: Path, serve: Callable[[Script], RecordServer]) -> Callable[..., Ward]:
    return lambda script, deadline_ms=8000: Ward(tmp_path, serve(script), deadline_ms)


def _reasons(answer: dict[str, Any]) -> set[str]:
    return {each["reason"] for each in answer.get("extension", {}).get("org.livercds.answer", [])}


def _told(answer: dict[str, Any]) -> str:
    return "\n".join(f"{card['summary']}\n{card['detail']}" for card in answer["cards"])


@pytest.mark.reliability(45)
def test_it_sends_exactly_the_declared_queries(ward: Callable[..., Ward]) -> None:
    asked = ward(usual)
    asked.ask()
    sent = sorted(unquote(path).removeprefix("/fhir/") for path in asked.record.asked)
    assert sorted(re.sub(r"code=[^&]*", "code=…", query) for query in sent) == sorted(QUERIES)
    assert sent == sorted(query.replace("{{context.patientId}}", "p1") for query in templates().values())


def test_it_judges_what_it_fetched_as_if_it_had_been_sent(ward: Callable[..., Ward]) -> None:
    def script(exchange: Exchange) -> None:
        found = bundle(lab("1975-2", 9.9, "mg/dL")) if "1975-2" in exchange.path else bundle()
        exchange.answer(PATIENT if exchange.kind == "Patient" else found)

    answer = ward(script).ask()
    assert "ilirubin 9.9 mg/dL" in _told(answer)
    assert "could not be had" not in _told(answer)


def test_it_asks_nothing_for_an_order_that_is_not_liver_directed(ward: Callable[..., Ward]) -> None:
    asked = ward(usual)
    assert asked.ask(order(code="71045", system="http://www.ama-assn.org/go/cpt"))["cards"] == []
    assert asked.record.asked == []


def test_it_says_on_the_card_what_could_not_be_had(ward: Callable[..., Ward]) -> None:
    def script(exchange: Exchange) -> None:
        exchange.answer(b"", 403) if exchange.kind == "Procedure" else usual(exchange)

    assert "procedures: the record system gave no access to it" in _told(ward(script).ask())


@pytest.mark.reliability(56)
def test_it_judges_nothing_when_another_patients_data_come(ward: Callable[..., Ward]) -> None:
    def script(exchange: Exchange) -> None:
        found = resource(exchange.kind, patient="p1" if exchange.kind == "Patient" else "p2")
        exchange.answer(found if exchange.kind == "Patient" else bundle(found))

    assert _reasons(ward(script).ask()) == {"patient_mismatch"}


@pytest.mark.reliability(56)
def test_it_judges_nothing_when_another_patient_comes(ward: Callable[..., Ward]) -> None:
    def script(exchange: Exchange) -> None:
        exchange.answer(resource("Patient", patient="p2") if exchange.kind == "Patient" else bundle())

    assert _reasons(ward(script).ask()) == {"patient_mismatch"}


def test_it_says_that_nothing_was_checked_when_the_record_system_fails(ward: Callable[..., Ward]) -> None:
    answer = ward(lambda exchange: exchange.answer(b"", 500)).ask()
    assert _reasons(answer) == {"fhir_failure"}
    assert answer["cards"][0]["indicator"] == "info"


def test_it_says_that_nothing_was_checked_when_the_time_is_over(ward: Callable[..., Ward]) -> None:
    asked = ward(silent, 700)
    took = []
    for _ in range(3):  # the machine may be busy with something else
        answer = asked.ask()
        assert _reasons(answer) == {"deadline"}
        assert "could not be read in time" in answer["cards"][0]["summary"]
        took.append(asked.seconds)
        if asked.seconds <= 0.8:
            break
    assert min(took) <= 0.8


def test_it_judges_what_was_sent_when_the_rest_cannot_be_fetched(ward: Callable[..., Ward]) -> None:
    answer = ward(lambda exchange: exchange.answer(b"", 500)).ask(prefetch={"patient": PATIENT})
    assert _reasons(answer) == set()
    assert "11 parts of the record could not be had" in _told(answer)


@pytest.mark.reliability(41)
@pytest.mark.reliability(42)
@pytest.mark.parametrize(
    "authorization", [{"token_type": "MAC"}, {"patient": "p2"}, {"access_token": "a\nb"}, {"expires_in": 0}]
)
def test_it_says_that_it_has_no_access(ward: Callable[..., Ward], authorization: dict[str, Any]) -> None:
    asked = ward(usual)
    assert _reasons(asked.ask(**authorization)) == {"no_access"}
    assert asked.record.asked == []


@pytest.mark.parametrize("given", [{}, {"fhirServer": True}, {"fhirAuthorization": True}])
def test_it_answers_412_only_when_neither_data_nor_access_came(
    ward: Callable[..., Ward], given: dict[str, bool]
) -> None:
    asked = ward(usual)
    access = {
        "fhirServer": asked.record.url,
        "fhirAuthorization": {"access_token": TOKEN, "token_type": "Bearer"},
    }
    body = hook_request() | {"prefetch": {}} | {name: access[name] for name in given}
    assert asked.post(body)[0] == 412
    assert asked.record.asked == []


@pytest.mark.reliability(40)
def test_it_writes_neither_token_nor_patient(ward: Callable[..., Ward], capfd: pytest.CaptureFixture[str]) -> None:
    for script in (usual, silent, lambda exchange: exchange.answer(b"p1 Kanarienvogel", 500)):
        asked = ward(script, 500)
        answer = asked.ask()
        metrics = asked.client.get("/metrics").text
        written = "".join(capfd.readouterr())
        assert "Kanarienvogel" not in metrics + written + json.dumps(answer)
        assert "patient=" not in metrics + written
        assert "Patient/p1" not in metrics + written


def test_it_counts_queries_by_what_came_of_them(ward: Callable[..., Ward]) -> None:
    asked = ward(usual)
    asked.ask()
    assert 'liver_cds_fetches_total{client="ward",outcome="answered"} 12.0' in asked.client.get("/metrics").text
