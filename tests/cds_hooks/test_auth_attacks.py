"""Forged headers, signatures and keys: each is refused with the same 401."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json as plain
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from tests.cds_hooks.jwts import (
    CLAIMS,
    EC_KEY,
    HEADER,
    JKU,
    RSA_KEY,
    RSA_PEM,
    STRANGER,
    TRUSTED,
    bearer,
    raw,
    refusal,
    token,
)

GOOD_HEADER = plain.dumps({"alg": "ES384", **HEADER})


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ('{"alg":"none","alg":"ES384","kid":"ec"}', b"{}"),
        (GOOD_HEADER, '{"iss":"https://evil.example","iss":"https://ehr.example"}'),
        (b"\xff", b"{}"),
        (b"[]", b"{}"),
        (b"not json", b"{}"),
        (GOOD_HEADER, b"[" * 9000),
        (GOOD_HEADER, '{"exp": NaN}'),
        (GOOD_HEADER, '{"exp": 1e999}'),
        (GOOD_HEADER, '{"exp": ' + "1" * 5000 + "}"),
    ],
)
def test_it_refuses_a_token_that_readers_could_understand_in_two_ways_or_none(header: bytes, claims: bytes) -> None:
    assert refusal(raw(header, claims)) == "not a readable token"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", 1, None])
def test_it_refuses_a_token_without_signature(algorithm: Any) -> None:
    unsigned = raw(plain.dumps(HEADER | {"alg": algorithm}), plain.dumps(CLAIMS), b"")
    assert refusal(unsigned) in {"algorithm not allowed", "alg is missing or no text"}


@pytest.mark.parametrize(("algorithm", "digest"), [("HS256", hashlib.sha256), ("HS384", hashlib.sha384)])
def test_it_refuses_the_public_key_used_as_a_secret(algorithm: str, digest: Callable[[], Any]) -> None:
    start = raw(plain.dumps(HEADER | {"alg": algorithm, "kid": "rsa"}), plain.dumps(CLAIMS)).rpartition(".")[0]
    signature = hmac.new(RSA_PEM, start.encode(), digest).digest()
    forged = f"{start}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
    assert refusal(forged) == "algorithm not allowed"


def test_it_refuses_a_secret_among_the_keys() -> None:
    assert refusal(token(header={"kid": "secret"})) == "signature does not hold"


def test_it_cannot_be_told_to_trust_symmetric_keys_or_none() -> None:
    for algorithms in (("HS256",), ("none",), ("ES384", "HS384"), ()):
        with pytest.raises(ValueError, match="algorithms"):
            replace(TRUSTED, algorithms=algorithms)


def test_it_refuses_an_algorithm_that_this_issuer_does_not_use() -> None:
    assert refusal(token(RSA_KEY, "RS256", {"kid": "rsa"})) == "algorithm not allowed"
    allowed = replace(TRUSTED, algorithms=("RS256",))
    assert bearer(token(RSA_KEY, "RS256", {"kid": "rsa"}), issuer=allowed).client == "st-elsewhere"


def test_it_refuses_another_persons_signature() -> None:
    assert refusal(token(STRANGER)) == "signature does not hold"


def test_it_refuses_a_key_that_the_token_brings_along() -> None:
    own = ECAlgorithm.to_jwk(STRANGER.public_key(), as_dict=True)
    assert refusal(token(STRANGER, header={"jwk": own, "x5u": "https://evil.example"})) == "signature does not hold"


def test_it_refuses_changed_claims() -> None:
    header, _, signature = token().split(".")
    changed = raw(b"", plain.dumps(CLAIMS | {"jti": "t-2"})).split(".")[1]
    assert refusal(f"{header}.{changed}.{signature}") == "signature does not hold"


def test_it_refuses_a_signature_cut_off() -> None:
    assert refusal(token().rpartition(".")[0] + ".") == "signature does not hold"


@pytest.mark.parametrize(
    ("kid", "reason"),
    [
        ("unknown", "unknown key"),
        ("p256", "signature does not hold"),
        ("rsa", "signature does not hold"),
        ("broken", "signature does not hold"),
        ("odd", "signature does not hold"),
        ("encryption", "key not meant for this"),
        ("other-alg", "key not meant for this"),
    ],
)
def test_it_refuses_a_key_that_does_not_fit(kid: str, reason: str) -> None:
    assert refusal(token(header={"kid": kid})) == reason


def test_it_refuses_a_short_rsa_key() -> None:
    short = rsa.generate_private_key(65537, 1024)
    weak = replace(TRUSTED, key=lambda kid, jku: RSAAlgorithm.to_jwk(short.public_key(), as_dict=True))
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        signed = token(short, "RS384")
    assert refusal(signed, issuer=weak) == "signature does not hold"


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"jku": "https://evil.example/jwks.json"}, "jku not allowed"),
        ({"jku": JKU + "?x"}, "jku not allowed"),
        ({"jku": ""}, "jku is missing or no text"),
        ({"typ": "at+jwt"}, "type is not JWT"),
        ({"crit": ["b64"], "b64": True}, "critical header not understood"),
    ],
)
def test_it_refuses_a_header(header: dict[str, Any], reason: str) -> None:
    merged = plain.dumps({"alg": "ES384"} | HEADER | header)
    assert refusal(raw(merged, plain.dumps(CLAIMS))) == reason


def test_it_demands_a_key_id() -> None:
    assert refusal(jwt.encode(CLAIMS, EC_KEY, algorithm="ES384")) == "kid is missing or no text"


def test_it_does_without_a_type_when_told_so() -> None:
    untyped = jwt.encode(CLAIMS, EC_KEY, algorithm="ES384", headers=HEADER | {"typ": None})
    assert refusal(untyped) == "type is not JWT"
    assert bearer(untyped, issuer=replace(TRUSTED, require_typ=False))
