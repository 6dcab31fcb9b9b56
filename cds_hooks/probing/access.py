"""Calls that prove nothing of who sends them, to a service that asks for a token."""

from __future__ import annotations

from cds_hooks import json
from cds_hooks.probing.described import Described
from cds_hooks.probing.exchange import Ask, Credential
from cds_hooks.probing.samples import sample_request
from cds_hooks.probing.trial import Trial

_RULES = {
    Credential.NONE: "J-1",
    Credential.UNSIGNED: "J-4",
    Credential.SYMMETRIC: "J-5",
    Credential.OTHER_ENDPOINT: "J-10",
}


def probe_access(trial: Trial, service: Described) -> None:
    body = json.encode(sample_request(service))
    for credential, rule in _RULES.items():
        during = f"{service.id}, {credential.value}"
        reply = trial.ask(during, Ask("POST", service.path, body, credential=credential))
        trial.expect(rule, reply.status in {401, 403}, during, f"answered {reply.status or 'nothing'}")
