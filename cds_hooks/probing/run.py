"""All probes of one service, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from cds_hooks.probing.access import probe_access
from cds_hooks.probing.answers import probe_answers
from cds_hooks.probing.discovery import probe_discovery
from cds_hooks.probing.exchange import Send
from cds_hooks.probing.feedback import probe_feedback
from cds_hooks.probing.refusals import probe_refusals
from cds_hooks.probing.trial import Trial
from cds_hooks.strict import LOOPBACK


def probe(base: str, send: Send, own: Iterable[Mapping[str, Any]] = (), *, signs: bool = False) -> Trial:
    """What the answers of the service at the address `base` say of the rules.

    own    requests to send besides the made-up ones, each to the services of its hook
    signs  `send` can sign tokens, so it is tried whether bad ones are refused
    """
    trial = Trial(send)
    address = urlsplit(base)
    if address.hostname not in LOOPBACK:
        trial.expect("G-2", address.scheme == "https", "the address", "is not https")
    requests = list(own)
    for service in probe_discovery(trial):
        fitting = [request for request in requests if request.get("hook") == service.hook]
        cards = probe_answers(trial, service, fitting)
        probe_refusals(trial, service)
        probe_feedback(trial, service, cards)
        if signs:
            probe_access(trial, service)
    return trial
