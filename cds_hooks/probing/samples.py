"""Made-up requests for any hook: a patient who does not exist, and prefetch as each template would bring it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from cds_hooks.hooks import HOOKS
from cds_hooks.probing.described import Described

PATIENT = "conformance-1"
_ORDER = {
    "resourceType": "ServiceRequest",
    "id": "conformance-order",
    "status": "draft",
    "intent": "order",
    "subject": {"reference": f"Patient/{PATIENT}"},
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "71388002", "display": "Procedure"}]},
}
_CONTEXT: Mapping[str, Any] = {
    "userId": "Practitioner/conformance-user",
    "patientId": PATIENT,
    "encounterId": "conformance-encounter",
    "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": _ORDER}]},
    "selections": ["ServiceRequest/conformance-order"],
    "dispatchedOrders": ["ServiceRequest/conformance-order"],
    "performer": "Organization/conformance-laboratory",
    "appointments": {"resourceType": "Bundle", "type": "collection", "entry": []},
}


def sample_request(service: Described, **members: Any) -> dict[str, Any]:
    """A conforming request for this service with all its prefetch; `members` replace those of the request."""
    hook = HOOKS.get(service.hook)
    names = hook.required if hook else ("userId", "patientId")
    request = {
        "hook": service.hook,
        "hookInstance": str(uuid4()),
        "context": {name: _CONTEXT[name] for name in names},
        "prefetch": {key: sample_value(template) for key, template in service.prefetch.items()},
    }
    return {name: value for name, value in (request | members).items() if value not in (None, {})}


def sample_value(template: str) -> dict[str, Any]:
    """An empty searchset for a search, else a bare resource of the type that the template reads."""
    kind, _, rest = template.partition("?")
    if rest:
        return {"resourceType": "Bundle", "type": "searchset", "total": 0}
    name = kind.partition("/")[0]
    return {"resourceType": name if name.isalpha() else "Patient", "id": PATIENT}
