"""Spans of requests and their phases. Attributes are hook, client, status: never a path, a parameter or patient data.

The one folder that imports OpenTelemetry; `pip install 'liver-cds[otel]'` brings it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Flask, Response, g, request
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, use_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from service.web.security import PROBES


class Tracing:
    """Of one application. `processor` takes the spans that have ended."""

    def __init__(self, processor: SpanProcessor) -> None:
        provider = TracerProvider(resource=Resource({"service.name": "liver-cds"}))
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("liver-cds")

    def phase(self, name: str) -> AbstractContextManager[object]:
        """A span inside that of the request. An exception leaves its kind only: its text may quote a record."""
        return self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False)

    def trace(self, app: Flask) -> None:
        """A span for every request of `app` but the probes."""
        app.before_request(self._begin)
        app.after_request(self._describe)
        app.teardown_request(self._end)

    def _begin(self) -> None:
        if request.path in PROBES:
            return
        # of what a caller sends along only the two ids are taken: the rest is free text
        sent = {"traceparent": request.headers.get("traceparent", "")}
        context = TraceContextTextMapPropagator().extract(sent)
        span = self._tracer.start_span("request", context, SpanKind.SERVER)
        g.span, g.span_scope = span, use_span(span, record_exception=False, set_status_on_exception=False)
        g.span_scope.__enter__()

    def _describe(self, response: Response) -> Response:
        span: Span | None = g.get("span")
        if span is not None:
            place = request.url_rule.rule if request.url_rule else "nothing"
            span.update_name(f"{_method()} {place}")
            span.set_attributes({"http.route": place, "http.response.status_code": response.status_code})
            span.set_attribute("liver_cds.client", g.get("client") or "")
            if response.status_code >= 500:
                span.set_status(Status(StatusCode.ERROR))
        return response

    def _end(self, _error: BaseException | None) -> None:
        scope, span = g.pop("span_scope", None), g.pop("span", None)
        if span is not None:
            scope.__exit__(None, None, None)
            span.end()


def to_collector(endpoint: str) -> Tracing:
    """Sends spans to the OTLP collector at this address ("http://collector:4318/v1/traces"), behind the calls' back."""
    return Tracing(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=3)))


def _method() -> str:
    """A method that nobody knows is the caller's text."""
    return request.method if request.method in {"GET", "POST", "HEAD", "OPTIONS"} else "other"
