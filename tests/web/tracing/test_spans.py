"""Traces: off by default; where on, a span for each request and phase, and no patient data in any of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from service.app import create_app
from service.settings import SettingsError, read_settings
from service.web.tracing.optional import tracing_to
from service.web.tracing.spans import Tracing
from tests.conftest import NOW
from tests.web.requests import PATIENT, SELECT, bundle, hook_request, lab, order

CANARY = "Kanarienvogel"


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch, spans: InMemorySpanExporter, tmp_path: Path) -> FlaskClient:
    monkeypatch.setattr("service.app.tracing_to", lambda _endpoint: Tracing(SimpleSpanProcessor(spans)))
    settings = read_settings({}, mode="development", data_dir=str(tmp_path / "data"))
    return create_app(settings, clock=lambda: NOW).test_client()


def test_it_is_off_unless_told() -> None:
    assert tracing_to("") is None
    assert read_settings({}, mode="development").otlp_endpoint == ""


def test_it_traces_a_call_with_its_phases(traced: FlaskClient, spans: InMemorySpanExporter) -> None:
    traced.post(SELECT, json=hook_request(labs=bundle(lab("1975-2", 2.4, "mg/dL"))))
    found = {span.name: span for span in spans.get_finished_spans()}
    whole = found.pop("POST /cds-services/<service_id>")
    assert set(found) == {"fetch", "judge", "write"}
    assert {span.parent.span_id for span in found.values() if span.parent} == {whole.context.span_id}
    assert dict(whole.attributes or {}) == {
        "http.route": "/cds-services/<service_id>", "http.response.status_code": 200, "liver_cds.client": "",
    }  # fmt: skip


def test_it_continues_the_callers_trace_and_takes_nothing_else_of_it(
    traced: FlaskClient, spans: InMemorySpanExporter
) -> None:
    headers = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01", "tracestate": f"x={CANARY}", "baggage": f"name={CANARY}"}
    traced.post(SELECT, json=hook_request(), headers=headers)
    assert {f"{span.context.trace_id:x}" for span in spans.get_finished_spans()} == {"a" * 32}
    assert CANARY not in _text(spans)


def test_it_traces_no_probes(traced: FlaskClient, spans: InMemorySpanExporter) -> None:
    traced.get("/livez")
    traced.get("/metrics")
    assert spans.get_finished_spans() == ()


@pytest.mark.reliability(40)
@pytest.mark.reliability(66)
def test_it_tells_nothing_of_a_patient(
    traced: FlaskClient, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = hook_request(
        order(text=CANARY, code=CANARY), patient={**PATIENT, "name": [{"family": CANARY}]},
        labs=bundle(lab("1975-2", 2.4, CANARY)),
    )  # fmt: skip
    traced.post(f"{SELECT}?name={CANARY}", json=body, headers={"Authorization": f"Bearer {CANARY}"})
    traced.get(f"/explain/{CANARY}")
    traced.get(f"/{CANARY}")
    traced.open(SELECT, method=CANARY.upper())

    def broken(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr("service.web.hooks.patient_data", broken)
    traced.post(SELECT, json=body)
    assert len(spans.get_finished_spans()) >= 6
    assert CANARY.upper() not in _text(spans).upper()


def _text(spans: InMemorySpanExporter) -> str:
    return "".join(f"{span.name}{span.to_json()}" for span in spans.get_finished_spans())


def test_it_says_which_extra_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.setting_kinds.find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match=r"liver-cds\[otel\]"):
        read_settings({"LIVER_CDS_OTLP_ENDPOINT": "http://127.0.0.1:4318/v1/traces"}, mode="development")


def test_it_starts_and_answers_while_no_collector_is_there(tmp_path: Path) -> None:
    settings = read_settings(
        {}, mode="development", data_dir=str(tmp_path), otlp_endpoint="http://127.0.0.1:1/v1/traces"
    )
    assert create_app(settings, clock=lambda: NOW).test_client().get("/cds-services").status_code == 200
