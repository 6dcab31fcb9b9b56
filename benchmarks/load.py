"""A closed loop of requests on loopback, bounded in time: how many answers a second. Ends by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import perf_counter

PATH = "/cds-services/liver-directed-therapy-select"


def answers_per_second(port: int, body: bytes, *, seconds: float, connections: int = 4) -> float:
    """Each connection sends the next request when its answer is there.

    RuntimeError for an answer other than 200, or one without a decision: it would be fast and worth nothing.
    """
    until = perf_counter() + seconds
    started = perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        counts = list(pool.map(lambda _: _send_until(port, body, until), range(connections)))
    return sum(counts) / (perf_counter() - started)


def _send_until(port: int, body: bytes, until: float) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    count = 0
    while perf_counter() < until:
        connection.request("POST", PATH, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200 or b'"not_checked"' in content:
            raise RuntimeError(f"answered {answer.status} without a decision")
        count += 1
    connection.close()
    return count
