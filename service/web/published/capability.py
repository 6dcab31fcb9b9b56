"""What the FHIR routes can do, as a CapabilityStatement (R4): reading and searching what we publish, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version

from service.codes.resource import PUBLISHER, Resource

_DISTRIBUTION = "liver-cds"
SEARCH = {"_id": "token", "url": "uri", "version": "token"}
"""Parameter -> its FHIR type."""
_MEANING = {
    "CodeSystem": "Our own codes: one per fact, per coded answer and per therapy that can be ordered.",
    "Questionnaire": "What the order and the record do not say; linkId is the fact's code.",
}


def capability_statement(kinds: Iterable[str], since: date, base: str) -> Resource:
    """`since`: the day from which this holds, that of the start; `base`: the address that /fhir stands below."""
    return {
        "resourceType": "CapabilityStatement",
        "id": "liver-cds",
        "version": version(_DISTRIBUTION),
        "name": "LiverCds",
        "title": "Codes and questions of liver-cds",
        "status": "active",
        "experimental": False,
        "date": since.isoformat(),
        "publisher": PUBLISHER,
        "description": "The service's own codes and Questionnaire, to be read. It stores no patient data and takes none"
        " here; patients are told of by CDS Hooks.",
        "kind": "instance",
        "software": {"name": _DISTRIBUTION, "version": version(_DISTRIBUTION)},
        "implementation": {"description": "liver-cds, published resources", "url": f"{base}/fhir"},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [{"mode": "server", "resource": [_resource(kind) for kind in kinds]}],
    }


def _resource(kind: str) -> Resource:
    return {
        "type": kind,
        "documentation": _MEANING[kind],
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchParam": [{"name": name, "type": of} for name, of in SEARCH.items()],
    }
