"""A key server on loopback with TLS, and keys to sign with; what it answers a test scripts."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from tests.conftest import NOW
from tests.fhir.fetching.certificates import Authority
from tests.fhir.fetching.record_server import Exchange, RecordServer, Script
from tests.web.requests import SELECT

ISSUER = "https://ehr.example"
BASE_URL = "https://cds.example"
Private = ec.EllipticCurvePrivateKey


def new_key() -> Private:
    return ec.generate_private_key(ec.SECP384R1())


def public(key: Private, kid: str = "k1", **members: Any) -> dict[str, Any]:
    return json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "alg": "ES384"} | members


def claims(**changed: Any) -> dict[str, Any]:
    """Of a good token for the select service; a value of None leaves a claim out."""
    content = {
        "iss": ISSUER,
        "aud": f"{BASE_URL}{SELECT}",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(seconds=120)).timestamp()),
        "jti": "one",
    } | changed
    return {name: value for name, value in content.items() if value is not None}


def signed(key: Private, *, kid: str = "k1", headers: dict[str, Any] | None = None, **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, "ES384", headers={"kid": kid, **(headers or {})})


class KeyHost:
    """Serves `keys` at `jku` unless `script` is changed; `times` counts the fetches."""

    def __init__(self, folder: Path, *keys: dict[str, Any]) -> None:
        authority = Authority(folder)
        self.ca_bundle = str(authority.ca_bundle)
        self.keys = list(keys)
        self.server = RecordServer(self._serve, authority.server("localhost"))
        self.jku = f"https://localhost:{self.server.server_port}/jwks.json"

    @property
    def times(self) -> int:
        return len(self.server.asked)

    def answer_with(self, script: Script) -> None:
        self.server.script = script

    def close(self) -> None:
        self.server.stop()

    def _serve(self, exchange: Exchange) -> None:
        exchange.answer({"keys": self.keys})
