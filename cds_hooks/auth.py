"""Verify the JWT a client sends, with keys and a replay store handed in and time told. Fetches nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import jwt
from jwt.types import Options

from cds_hooks.errors import UnauthorizedError
from cds_hooks.tokens import Token, read_token

ALGORITHMS = ("ES384", "RS384")
ASYMMETRIC = frozenset({"ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA"})

_SIGNATURE_ALONE: Options = {
    "verify_signature": True,
    "enforce_minimum_key_length": True,
    # the times are checked against the clock that is handed in, the rest with our own reasons
    "verify_aud": False,
    "verify_exp": False,
    "verify_iat": False,
    "verify_iss": False,
    "verify_jti": False,
    "verify_nbf": False,
    "verify_sub": False,
}

KeyFinder = Callable[[str, str | None], Mapping[str, Any] | None]
"""(kid, jku that is on the issuer's list) -> the public key as a JWK, or None when the issuer has none by that id."""


class ReplayStore(Protocol):
    def first_use(self, issuer: str, token_id: str, until: datetime) -> bool:
        """Remember the token until then; False when it is already remembered. Atomic across threads and processes."""
        ...


@dataclass(frozen=True, slots=True)
class Issuer:
    """One trusted issuer of tokens and the client it speaks for.

    issuer         exact `iss`
    key            finds its public keys
    jkus           exact `jku` values allowed; a token without jku uses the keys agreed out of band
    tenants        `tenant` values allowed; None: the claim is not looked at
    max_lifetime   longest `exp` - `iat`
    leeway         how far clocks may differ
    reject_replay  False: a repeated token is reported (`Verified.is_replayed`) and let through
    require_typ    whether the header must say `typ: JWT`
    """

    client: str
    issuer: str
    key: KeyFinder
    algorithms: tuple[str, ...] = ALGORITHMS
    jkus: frozenset[str] = frozenset()
    tenants: frozenset[str] | None = None
    max_lifetime: timedelta = timedelta(hours=1)
    leeway: timedelta = timedelta(seconds=30)
    reject_replay: bool = True
    require_typ: bool = True

    def __post_init__(self) -> None:
        if not self.algorithms or not ASYMMETRIC.issuperset(self.algorithms):
            raise ValueError(f"issuer {self.issuer}: algorithms must be among {', '.join(sorted(ASYMMETRIC))}")


@dataclass(frozen=True, slots=True)
class Verified:
    """Who called. `token_id` may be logged; the token itself never."""

    client: str
    issuer: str
    token_id: str
    tenant: str | None = None
    is_replayed: bool = False


def verify(
    authorization: str | None,
    accepted_audiences: Collection[str],
    issuers: Mapping[str, Issuer],
    replays: ReplayStore,
    now: datetime,
) -> Verified:
    """Who sent this `Authorization` header. `issuers` by their `iss`; `now` with its zone.

    Raises UnauthorizedError: the same to the client whatever was wrong, with the reason for the log.
    No claim is believed before the signature holds: until then `iss`, `kid` and `jku` only look up the key.
    """
    token = read_token(authorization)
    issuer = issuers.get(token.issuer)
    if issuer is None:
        raise UnauthorizedError("unknown issuer")
    _check_header(token, issuer)
    _check_signature(token, issuer)
    _check_audience(token, accepted_audiences)
    expires = _check_times(token, issuer, now)
    tenant = _check_tenant(token, issuer)
    token_id = token.text("jti")
    replayed = not replays.first_use(issuer.issuer, token_id, expires + issuer.leeway)
    if replayed and issuer.reject_replay:
        raise UnauthorizedError("token used before")
    return Verified(issuer.client, issuer.issuer, token_id, tenant, replayed)


def _check_header(token: Token, issuer: Issuer) -> None:
    if token.algorithm not in issuer.algorithms:
        raise UnauthorizedError("algorithm not allowed")
    if "crit" in token.header:
        raise UnauthorizedError("critical header not understood")
    if issuer.require_typ and str(token.header.get("typ", "")).upper() != "JWT":
        raise UnauthorizedError("type is not JWT")
    if token.jku is not None and token.jku not in issuer.jkus:
        raise UnauthorizedError("jku not allowed")


def _check_signature(token: Token, issuer: Issuer) -> None:
    key = issuer.key(token.key_id, token.jku)
    if key is None:
        raise UnauthorizedError("unknown key")
    # a key that names its algorithm or use serves no other
    if key.get("alg", token.algorithm) != token.algorithm or key.get("use", "sig") != "sig":
        raise UnauthorizedError("key not meant for this")
    try:
        public = jwt.PyJWK(dict(key), algorithm=token.algorithm)
        jwt.decode(token.encoded, public, algorithms=[token.algorithm], options=_SIGNATURE_ALONE)
    except (jwt.PyJWTError, ValueError, TypeError):
        raise UnauthorizedError("signature does not hold") from None


def _check_audience(token: Token, accepted: Collection[str]) -> None:
    audience = token.claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if not any(isinstance(name, str) and name in accepted for name in named):
        raise UnauthorizedError("wrong audience")


def _check_times(token: Token, issuer: Issuer, now: datetime) -> datetime:
    expires, issued = token.seconds("exp"), token.seconds("iat")
    moment, leeway = now.timestamp(), issuer.leeway.total_seconds()
    if moment >= expires + leeway:
        raise UnauthorizedError("expired")
    if issued > moment + leeway:
        raise UnauthorizedError("issued in the future")
    if "nbf" in token.claims and token.seconds("nbf") > moment + leeway:
        raise UnauthorizedError("not yet valid")
    if not 0 <= expires - issued <= issuer.max_lifetime.total_seconds():
        raise UnauthorizedError("lifetime too long")
    return now + timedelta(seconds=expires - moment)


def _check_tenant(token: Token, issuer: Issuer) -> str | None:
    if issuer.tenants is None:
        return None
    tenant = token.text("tenant")
    if tenant not in issuer.tenants:
        raise UnauthorizedError("tenant not allowed")
    return tenant
