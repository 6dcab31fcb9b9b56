"""The reasons a clinician may give for going on against the card (hcc.md 9.3, item 8). The same on every card."""

from __future__ import annotations

from cds_hooks.models import OverrideReason
from service.codes.own import BASE

OVERRIDES_SYSTEM = f"{BASE}/CodeSystem/override-reasons"
_DISPLAYS = {
    "board-decision": "Tumour board decision",
    "transplant-bridge": "Bridge to transplant, or listed",
    "palliative-intent": "Palliative intent",
    "emergency": "Emergency",
    "value-outdated": "Value outdated, repeated elsewhere",
    "local-protocol": "Local protocol or trial",
    "other": "Other (please say)",
}
OVERRIDE_REASONS = tuple(
    OverrideReason(code=code, system=OVERRIDES_SYSTEM, display=display) for code, display in _DISPLAYS.items()
)
