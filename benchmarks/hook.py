"""Whole hook against a constant card: answers a second of both on the same server in one run, and where the time goes.

Run with `make bench`. Prints ratios; absolute figures are of this machine only.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from time import perf_counter

from rich.console import Console
from rich.table import Table

from benchmarks.load import PATH, answers_per_second
from benchmarks.payload import request, used_resources
from benchmarks.server import running
from cds_hooks.json import encode
from service.app import create_app
from service.fhir.repeated import Repeated
from service.fhir.scan import Item, scan
from service.fhir.validate import validate
from service.settings import read_settings

SIZES = ((20, 12), (200, 12), (1000, 12))
"""Observations in the prefetch, and how many of them are used"""
SECONDS = 4.0
ROUNDS = 3


def main() -> None:
    today = datetime.now(UTC).date()
    table = Table("observations", "bytes", "hook/s", "constant card/s", "ratio", "in fhir.resources")
    bodies = {size: request(*size, today) for size in SIZES}
    with running("service.app:create_app()") as hook, running("benchmarks.constant:create_app()") as constant:
        for size, body in bodies.items():
            ours, theirs = _alternating(hook, constant, body)
            table.add_row(
                f"{size[0]}, {size[1]} used", f"{len(body):,}", f"{ours:.0f}", f"{theirs:.0f}", f"{ours / theirs:.0%}",
                f"{_share_in_models(body, size[1]):.0%}",
            )  # fmt: skip
    Console().print(table)


def _alternating(hook: int, constant: int, body: bytes) -> tuple[float, float]:
    """The best of several rounds each, taken in turn, so that a slow moment of the machine hits both alike."""
    best = [0.0, 0.0]
    for _ in range(ROUNDS):
        for index, port in enumerate((hook, constant)):
            best[index] = max(best[index], answers_per_second(port, body, seconds=SECONDS))
    return best[0], best[1]


def _share_in_models(body: bytes, used: int, calls: int = 60) -> float:
    """Share of a call's time, in process, that fhir.resources needs for the resources which are read.

    Their validation is timed apart, over the same resources, so that measuring does not slow what is measured.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data:
        client = create_app(read_settings({}, mode="development", data_dir=data)).test_client()
        whole = _seconds(lambda: client.post(PATH, data=body, content_type="application/json"), calls)
    items = [scan("", encode(each)) for each in used_resources(body, used)]
    return _seconds(lambda: _validated(items), calls) / whole


def _validated(items: Iterable[Item]) -> None:
    repeated = Repeated()
    for item in items:
        validate(item, UTC, repeated)


def _seconds(call: Callable[[], object], calls: int) -> float:
    call()
    started = perf_counter()
    for _ in range(calls):
        call()
    return (perf_counter() - started) / calls


if __name__ == "__main__":
    main()
