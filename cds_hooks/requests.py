"""What a client sends: read leniently, unknown members ignored, 1.0 requests accepted. Knows no medicine."""

from __future__ import annotations

from typing import Any

import msgspec

from cds_hooks import json


class FhirAuthorization(msgspec.Struct, frozen=True, kw_only=True):
    """The token for the client's FHIR server: transient, so it never shows in a repr, a log or a traceback.

    access_token  sent as "Authorization: Bearer …"; expires_in in seconds; scope: SMART scopes, space-separated
    """

    access_token: str
    token_type: str = ""
    expires_in: Any = None
    scope: str = ""
    subject: str = ""
    patient: str | None = None

    def __repr__(self) -> str:
        return "FhirAuthorization(…)"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return []


class HookRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One hook call. `context` and `prefetch` values are not yet looked into.

    hook_instance       the client's id of this call; several services may get the same
    fhir_authorization  None also when the client named no FHIR server: a token without its server is of no use
    prefetch            key -> resource, Bundle, OperationOutcome or null, as the client sent it
    """

    hook: str
    hook_instance: str
    context: dict[str, msgspec.Raw]
    fhir_server: str | None = None
    fhir_authorization: FhirAuthorization | None = None
    prefetch: dict[str, msgspec.Raw] | None = None
    extension: msgspec.Raw = msgspec.Raw(b"null")

    def __repr__(self) -> str:
        return f"HookRequest(hook={self.hook!r}, …)"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return [("hook", self.hook)]

    @property
    def authorization(self) -> FhirAuthorization | None:
        """The token to use; the specification demands a FHIR server beside it."""
        return self.fhir_authorization if self.fhir_server else None


def read_request(body: bytes) -> HookRequest:
    """Raises json.BadJsonError."""
    request = json.decode(body, HookRequest)
    for name, value in (("hook", request.hook), ("hookInstance", request.hook_instance)):
        if not value.strip():
            raise json.BadJsonError("must not be empty", f"$.{name}")
    return request
