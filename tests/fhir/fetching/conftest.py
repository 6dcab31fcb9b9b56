"""A scripted FHIR server and a fetcher that may ask it, for the tests of fetching."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from service.fhir.fetching.registration import Limits
from tests.fhir.fetching.asking import Asking
from tests.fhir.fetching.record_server import RecordServer, Script


@pytest.fixture
def serve() -> Iterator[Callable[[Script], RecordServer]]:
    servers: list[RecordServer] = []

    def start(script: Script) -> RecordServer:
        servers.append(RecordServer(script))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def asking(serve: Callable[[Script], RecordServer]) -> Iterator[Callable[..., Asking]]:
    begun: list[Asking] = []

    def start(script: Script, limits: Limits | None = None, **options: Any) -> Asking:
        begun.append(Asking(serve(script), limits or Limits(), **options))
        return begun[-1]

    yield start
    for each in begun:
        each.fetcher.close()
