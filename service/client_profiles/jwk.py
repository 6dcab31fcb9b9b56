"""Which JSON Web Keys may verify a client's tokens. Knows no client and fetches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from cds_hooks.auth import ASYMMETRIC

LEAST_RSA_BITS = 2048
_KINDS = frozenset({"EC", "RSA", "OKP"})
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_USUAL = {"RSA": "RS384", "OKP": "EdDSA"}
_CURVES = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}


def problem_of(key: Mapping[str, Any]) -> str:
    """Why this key may not be used, or an empty text. Says nothing of the key's content."""
    if not isinstance(key.get("kid"), str) or not key["kid"]:
        return "needs a kid"
    if key.get("kty") not in _KINDS:
        return "kty must be EC, RSA or OKP"
    if _PRIVATE & key.keys():
        return "holds a private or secret key; only public keys belong here"
    if key.get("use", "sig") != "sig":
        return "use must be sig"
    return _content_problem(key, str(key.get("alg") or _algorithm(key)))


def _algorithm(key: Mapping[str, Any]) -> str:
    return _CURVES.get(str(key.get("crv")), "") if key["kty"] == "EC" else _USUAL[key["kty"]]


def _content_problem(key: Mapping[str, Any], algorithm: str) -> str:
    if algorithm not in ASYMMETRIC:
        return f"alg must be among {', '.join(sorted(ASYMMETRIC))}"
    try:
        public = jwt.PyJWK(dict(key), algorithm=algorithm).key
    except (jwt.PyJWTError, ValueError, TypeError):
        return f"is no readable public key for {algorithm}"
    if isinstance(public, RSAPublicKey) and public.key_size < LEAST_RSA_BITS:
        return f"has {public.key_size} bits; RSA keys need at least {LEAST_RSA_BITS}"
    return ""
