"""Production: a registered client's token opens the hooks, anything else gets a bare 401."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient

from tests.conftest import NOW
from tests.web.requests import SELECT, hook_request

KEY = ec.generate_private_key(ec.SECP384R1())
Start = Callable[[str], FlaskClient]


def _clients() -> str:
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key())) | {"kid": "k1", "alg": "ES384"}
    return yaml.safe_dump({"clients": {"ward": {"issuer": "https://ehr.example", "keys": [public]}}})


def _token(key: ec.EllipticCurvePrivateKey = KEY, **claims: Any) -> str:
    content = {
        "iss": "https://ehr.example",
        "aud": f"https://cds.example{SELECT}",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(seconds=120)).timestamp()),
        "jti": "one",
    } | claims
    return jwt.encode(content, key, "ES384", headers={"kid": "k1"})


def _call(client: FlaskClient, token: str | None) -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    data = json.dumps(hook_request())
    return client.post(SELECT, data=data, content_type="application/json", headers=headers).status_code


def test_it_lets_a_registered_client_in(production: Start) -> None:
    assert _call(production(_clients()), _token()) == 200


def test_it_refuses_a_token_used_before(production: Start) -> None:
    client = production(_clients())
    assert [_call(client, _token()), _call(client, _token())] == [200, 401]


@pytest.mark.parametrize(
    "token",
    [
        None,
        "nonsense",
        _token(ec.generate_private_key(ec.SECP384R1())),
        _token(iss="https://other.example"),
        _token(aud="https://cds.example/cds-services"),
        _token(exp=int((NOW - timedelta(hours=1)).timestamp())),
        _token(exp=int((NOW + timedelta(hours=2)).timestamp())),
    ],
    ids=["none", "nonsense", "other key", "other issuer", "other audience", "expired", "lives too long"],
)
def test_it_refuses_everybody_else_alike(production: Start, token: str | None) -> None:
    assert _call(production(_clients()), token) == 401


def test_it_shows_discovery_without_a_token(production: Start) -> None:
    assert production(_clients()).get("/cds-services").status_code == 200
