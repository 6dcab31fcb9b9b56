"""Sends exchanges to a target and says for each what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from service.fixtures import Exchange
from service.replay.compare import differences, problems
from service.replay.targets import Target


@dataclass(frozen=True, slots=True)
class Result:
    """`outcome`: same | answered (no golden answer to compare with) | updated | different | failed."""

    exchange: Exchange
    outcome: str
    details: tuple[str, ...]
    seconds: float

    @property
    def is_good(self) -> bool:
        return self.outcome in {"same", "answered", "updated"}


def run(exchanges: Iterable[Exchange], target: Target, *, update: bool = False) -> Iterator[Result]:
    for exchange in exchanges:
        started = perf_counter()
        answer = target.send(exchange.request.read_bytes(), exchange.as_of)
        seconds = perf_counter() - started
        wrong = problems(answer)
        if wrong:
            yield Result(exchange, "failed", tuple(wrong), seconds)
            continue
        outcome, details = _compared(exchange, answer.body, target, update=update)
        yield Result(exchange, outcome, details, seconds)


def _compared(exchange: Exchange, body: bytes, target: Target, *, update: bool) -> tuple[str, tuple[str, ...]]:
    golden = exchange.golden.read_bytes() if exchange.golden.is_file() else None
    if update and target.exact and golden != body:
        exchange.golden.write_bytes(body)
        return "updated", ()
    if golden is None:
        return "answered", ()
    found = differences(body, golden, exact=target.exact)
    return ("different", tuple(found)) if found else ("same", ())
