"""Answers that come in drops for as long as somebody listens."""

from __future__ import annotations

from tests.fhir.fetching.record_server import Exchange

PAUSE = 0.05


def until_over(exchange: Exchange, part: bytes, pause: float = PAUSE) -> None:
    while not exchange.server.over.wait(pause):
        exchange.wfile.write(part)


def dripping_body(exchange: Exchange) -> None:
    exchange.begin(Content_Length="100000")
    until_over(exchange, b" ")


def dripping_headers(exchange: Exchange) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX-Drip: ")
    until_over(exchange, b"x")
