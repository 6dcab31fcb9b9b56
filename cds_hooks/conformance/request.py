"""The rules of what a client sends: members, the context of its hook, access to the FHIR server."""

from __future__ import annotations

import re
from typing import Any

from cds_hooks.conformance.report import Member, Problem, Report
from cds_hooks.hooks import HOOKS

_REQUEST = (
    Member("hook", required=True),
    Member("hookInstance", required=True),
    Member("context", dict, required=True),
    Member("fhirServer"),
    Member("fhirAuthorization", dict),
    Member("prefetch", dict),
    Member("extension", dict),
)
_AUTHORIZATION = (
    Member("access_token", required=True),
    Member("token_type", required=True, allowed=("Bearer",)),
    Member("expires_in", int, required=True),
    Member("scope", required=True),
    Member("subject", required=True),
    Member("patient"),
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def check_request(document: Any) -> list[Problem]:
    """Every rule that a hook request breaks; empty when it conforms."""
    report = Report()
    request = report.members("R-8", "", document, _REQUEST)
    if not _UUID.fullmatch(request.get("hookInstance", "0" * 8 + "-0000" * 3 + "-" + "0" * 12)):
        report.should("R-8", "hookInstance", "must be a UUID")
    hook = HOOKS.get(request.get("hook", ""))
    for name in hook.required if hook and "context" in request else ():
        if name not in request["context"]:
            report.shall("R-8", f"context.{name}", "is required")
    if "fhirAuthorization" in request:
        _authorization(report, request)
    return report.problems


def _authorization(report: Report, request: dict[str, Any]) -> None:
    if "fhirServer" not in request:
        report.shall("cds-r-1", "fhirServer", "is required beside fhirAuthorization")
    access = report.members("R-8", "fhirAuthorization", request["fhirAuthorization"], _AUTHORIZATION)
    if "patient/" in access.get("scope", "") and "patient" not in access:
        report.should("cds-r-2", "fhirAuthorization.patient", "must name the patient of a patient/ scope")
