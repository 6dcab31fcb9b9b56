"""Whether a hook call gives access that may be used: a registered base and a token meant for this. Opens nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from cds_hooks.requests import FhirAuthorization, HookRequest
from service.fhir.fetching.base import Base, BaseError, read_base
from service.fhir.fetching.registration import FhirServers

_TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """A registered base with the token for it. Has no repr that shows the token."""

    base: Base
    token: str


class NoAccess(Enum):
    """Why the record system is not asked. The values go to the log alone."""

    NOT_GIVEN = "no fhirServer and fhirAuthorization"
    NOT_REGISTERED = "fhirServer is not registered for this client"
    PLAIN_HTTP = "http is for development alone"
    NOT_BEARER = "token_type is not Bearer"
    UNSENDABLE = "access_token cannot stand in a header"
    EXPIRED = "the token has expired"
    OTHER_PATIENT = "the token is for another patient"
    SCOPE = "the token lacks a scope that the client's registration asks for"


def find_access(
    request: HookRequest, servers: FhirServers, patient_id: str, *, plain_http: bool = False
) -> Access | NoAccess:
    """The access that a call gives. `plain_http`: development, where http to this machine is allowed."""
    authorization = request.authorization
    if authorization is None or request.fhir_server is None:
        return NoAccess.NOT_GIVEN
    base = _registered(request.fhir_server, servers)
    if base is None:
        return NoAccess.NOT_REGISTERED
    if base.scheme == "http" and not plain_http:
        return NoAccess.PLAIN_HTTP
    return _refusal(authorization, servers, patient_id) or Access(base, authorization.access_token)


def _registered(text: str, servers: FhirServers) -> Base | None:
    try:
        base = read_base(text)
    except BaseError:
        return None
    return base if base in servers.read_bases() else None


def _refusal(authorization: FhirAuthorization, servers: FhirServers, patient_id: str) -> NoAccess | None:
    if authorization.token_type.lower() != "bearer":
        return NoAccess.NOT_BEARER
    if not _TOKEN.fullmatch(authorization.access_token):
        return NoAccess.UNSENDABLE
    if isinstance(authorization.expires_in, int) and authorization.expires_in <= 0:
        return NoAccess.EXPIRED
    if authorization.patient and authorization.patient.removeprefix("Patient/") != patient_id:
        return NoAccess.OTHER_PATIENT
    if not set(servers.scopes) <= set(authorization.scope.split()):
        return NoAccess.SCOPE
    return None
