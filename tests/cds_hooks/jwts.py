"""Keys and tokens for the tests of authentication: good ones, and the makings of bad ones."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from cds_hooks.auth import Issuer, Verified, verify
from cds_hooks.errors import UnauthorizedError

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
AUDIENCE = "https://cds.example/cds-services/liver"
ISSUER = "https://ehr.example"
JKU = "https://ehr.example/jwks.json"

EC_KEY = ec.generate_private_key(ec.SECP384R1())
RSA_KEY = rsa.generate_private_key(65537, 2048)
STRANGER = ec.generate_private_key(ec.SECP384R1())
RSA_PEM = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

KEYS: dict[str, dict[str, Any]] = {
    "ec": ECAlgorithm.to_jwk(EC_KEY.public_key(), as_dict=True) | {"kid": "ec", "use": "sig", "alg": "ES384"},
    "rsa": RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True) | {"kid": "rsa"},
    "p256": ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key(), as_dict=True),
    "encryption": ECAlgorithm.to_jwk(EC_KEY.public_key(), as_dict=True) | {"use": "enc"},
    "other-alg": RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True) | {"alg": "RS256"},
    "secret": {"kty": "oct", "k": base64.urlsafe_b64encode(b"x" * 48).decode()},
    "broken": {"kty": "EC", "crv": "P-384", "x": "AAAA", "y": "AAAA"},
    "odd": {"kty": "EC", "crv": "P-384", "x": 1, "y": None},
}


class Memory:
    """A replay store of one test."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], datetime] = {}

    def first_use(self, issuer: str, token_id: str, until: datetime) -> bool:
        is_first = (issuer, token_id) not in self.seen
        self.seen.setdefault((issuer, token_id), until)
        return is_first


HEADER: dict[str, Any] = {"kid": "ec", "typ": "JWT", "jku": JKU}
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 300,
    "jti": "t-1",
}
TRUSTED = Issuer(client="st-elsewhere", issuer=ISSUER, key=lambda kid, jku: KEYS.get(kid), jkus=frozenset({JKU}))


def token(key: Any = EC_KEY, algorithm: str = "ES384", header: dict[str, Any] | None = None, **claims: Any) -> str:
    members = {name: value for name, value in (CLAIMS | claims).items() if value is not ...}
    return jwt.encode(members, key, algorithm=algorithm, headers=HEADER | (header or {}))


def check(sent: str | None, issuer: Issuer = TRUSTED, replays: Memory | None = None, now: datetime = NOW) -> Verified:
    return verify(sent, [AUDIENCE], {issuer.issuer: issuer}, replays or Memory(), now)


def bearer(encoded: str, **options: Any) -> Verified:
    return check(f"Bearer {encoded}", **options)


def refusal(encoded: str, **options: Any) -> str:
    with pytest.raises(UnauthorizedError) as caught:
        bearer(encoded, **options)
    assert caught.value.outcome() == UnauthorizedError().outcome()
    return caught.value.reason


def raw(header: str | bytes, claims: str | bytes = b"{}", signature: bytes = b"x") -> str:
    parts = [part.encode() if isinstance(part, str) else part for part in (header, claims, signature)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
