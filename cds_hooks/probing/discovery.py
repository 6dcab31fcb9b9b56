"""Asks for the discovery document."""

from __future__ import annotations

from cds_hooks import json
from cds_hooks.conformance import check_discovery
from cds_hooks.endpoints import ROOT
from cds_hooks.probing.described import Described, described
from cds_hooks.probing.exchange import Ask
from cds_hooks.probing.parts import discovery_parts
from cds_hooks.probing.trial import Trial

DURING = "discovery"


def probe_discovery(trial: Trial) -> list[Described]:
    """The services on offer; none when discovery does not work."""
    reply = trial.ask(DURING, Ask("GET", ROOT))
    trial.expect("D-1", bool(reply.status), DURING, "did not answer")
    if not trial.expect("D-5", reply.status == 200, DURING, f"answered {reply.status}"):
        return []
    try:
        document = reply.document()
    except json.BadJsonError as error:
        trial.expect("G-1", False, DURING, str(error))
        return []
    trial.expect("G-1", reply.media_type == "application/json", DURING, f"media type {reply.media_type or 'missing'}")
    trial.document(DURING, discovery_parts(document), check_discovery(document))
    return described(document)
