"""Asks a service, ours or another's, and holds its answers against the rules. Sends through what it is given."""

from cds_hooks.probing.exchange import Ask, Reply, Send
from cds_hooks.probing.run import probe
from cds_hooks.probing.trial import Broken, Trial, Verdict

__all__ = ["Ask", "Broken", "Reply", "Send", "Trial", "Verdict", "probe"]
