"""Tokens as a CDS client signs them, and some that nobody may believe. For the tester's side of a call."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from cds_hooks.probing.exchange import Credential

_LIFETIME_SECONDS = 300
_ALGORITHMS = {256: "ES256", 384: "ES384", 521: "ES512"}
Key = EllipticCurvePrivateKey | RSAPrivateKey


@dataclass(frozen=True)
class Signer:
    """Signs as the client `issuer` with the key `key_id`; a new token for every call."""

    key: Key
    issuer: str
    key_id: str
    jku: str = ""

    def token(self, audience: str, credential: Credential) -> str:
        """A token for the endpoint `audience`, or one that is wrong in the way of `credential`."""
        now = int(datetime.now(UTC).timestamp())
        aud = f"{audience}-other" if credential is Credential.OTHER_ENDPOINT else audience
        claims = {"iss": self.issuer, "aud": aud, "iat": now, "exp": now + _LIFETIME_SECONDS,
                  "jti": secrets.token_hex(32)}  # fmt: skip
        header = {"kid": self.key_id, "typ": "JWT"} | ({"jku": self.jku} if self.jku else {})
        if credential is Credential.UNSIGNED:
            return jwt.encode(claims, "", algorithm="none", headers=header)
        if credential is Credential.SYMMETRIC:
            return jwt.encode(claims, secrets.token_bytes(64), algorithm="HS384", headers=header)
        return jwt.encode(claims, self.key, algorithm=_algorithm(self.key), headers=header)


def read_signer(file: Path, issuer: str, key_id: str, jku: str = "") -> Signer:
    """With the private key in a PEM file. Raises OSError, or ValueError saying which keys may be."""
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise ValueError(f"{file}: must be a private key in PEM, without a password") from None
    if isinstance(key, Key):
        return Signer(key, issuer, key_id, jku)
    raise ValueError(f"{file}: must be an EC or RSA key")


def _algorithm(key: Key) -> str:
    return _ALGORITHMS[key.curve.key_size] if isinstance(key, EllipticCurvePrivateKey) else "RS384"
