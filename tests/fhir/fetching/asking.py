"""Hook calls that give access to a record system, and a fetcher that asks it as one call would."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from time import monotonic
from typing import Any

from cds_hooks.prefetch import classify
from cds_hooks.requests import HookRequest, read_request
from service.fhir.fetching.fetcher import Completed, Fetcher
from service.fhir.fetching.registration import FhirServers, Limits
from tests.fhir.fetching.record_server import RecordServer

TOKEN = "tok-Kanarienvogel"
TEMPLATES = {
    "patient": "Patient/{{context.patientId}}",
    "conditions": "Condition?patient={{context.patientId}}&category=problem-list-item&_count=200",
    "labs": "Observation?patient={{context.patientId}}&code=1975-2,https://livercds.org/x|&_sort=-date&_count=100",
}


def hook_call(server: str, *, prefetch: Mapping[str, Any] | None = None, **authorization: Any) -> HookRequest:
    body = {
        "hook": "order-select",
        "hookInstance": "i",
        "context": {"patientId": "p1"},
        "fhirServer": server,
        "fhirAuthorization": {"access_token": TOKEN, "token_type": "Bearer", **authorization},
        "prefetch": prefetch,
    }
    return read_request(json.dumps(body).encode())


class Asking:
    """Fetches as one hook call would, and says how long it took."""

    def __init__(self, server: RecordServer, limits: Limits, **options: Any) -> None:
        self.counted: Counter[str] = Counter()
        self.server = server
        self.seconds = 0.0
        servers = FhirServers(bases=[server.url], limits=limits)
        self.fetcher = Fetcher("ward", servers, TEMPLATES, self._count, development=True, **options)

    def _count(self, client: str, outcome: str) -> None:
        assert client == "ward"
        self.counted[outcome] += 1

    def __call__(self, *, seconds: float = 5.0, prefetch: Mapping[str, Any] | None = None, **call: Any) -> Completed:
        request = hook_call(call.pop("base", self.server.url), prefetch=prefetch, **call)
        started = monotonic()
        done = self.fetcher.complete(classify(TEMPLATES, request.prefetch), request, "p1", started + seconds)
        self.seconds = monotonic() - started
        return done
