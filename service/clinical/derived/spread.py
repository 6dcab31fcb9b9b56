"""Whether there is disease outside the liver, for every computed fact that needs it."""

from __future__ import annotations

from service.clinical.derived.answers import negated
from service.clinical.derived.given import Given

METASTASES = ("extrahepatic_disseminated", "distant_metastasis", "nodal_metastasis")
"""Settle it where one is recorded; nobody is asked for them (`also` of a rule)."""


def spread(given: Given) -> bool | None:
    """What `extrahepatic_disease` says, and surely where a metastasis is recorded."""
    recorded = any(given.yes(name) for name in METASTASES)
    return True if recorded else negated(given.among("extrahepatic_disease", "none"))
