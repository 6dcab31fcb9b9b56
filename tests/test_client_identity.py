"""clients.yaml on who a client is: profiles complete it, and what could let a stranger in stops the start."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from service.client_profiles.profiles import profiles
from service.clients import Client, ClientsError, load_clients

ISSUER = "https://ehr.example"
SANDBOX = "https://sandbox.cds-hooks.org"
PRIVATE = ec.generate_private_key(ec.SECP384R1())
KEY = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(PRIVATE.public_key())) | {"kid": "k1"}
SMALL = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 1024).public_key()))
JKU = f"{ISSUER}/jwks.json"


def _load(folder: Path, *, production: bool = True, **clients: Any) -> dict[str, Client]:
    path = folder / "clients.yaml"
    path.write_text(json.dumps({"clients": clients}), encoding="utf-8")
    return dict(load_clients(path, frozenset(), production=production))


def test_it_has_the_promised_profiles() -> None:
    assert set(profiles()) == {"epic", "generic", "sandbox", "crd-test-kit"}


def test_it_completes_a_client_by_its_profile_and_lets_it_say_otherwise(tmp_path: Path) -> None:
    epic = {"profile": "epic", "issuer": ISSUER, "jku": [JKU]}
    client = _load(tmp_path, ward={**epic, "max_token_lifetime": 600})["ward"]
    assert (client.algorithms, client.max_token_lifetime, client.leeway) == (["RS384"], 600, 60)


@pytest.mark.parametrize("profile", ["epic", "generic", "crd-test-kit"])
def test_it_serves_production_with_a_profile(tmp_path: Path, profile: str) -> None:
    assert _load(tmp_path, ward={"profile": profile, "issuer": ISSUER, "jku": [JKU]})["ward"].jku == [JKU]


def test_it_lets_only_the_test_kit_repeat_a_token() -> None:
    assert {name for name, each in profiles().items() if each.defaults["replay"] == "warn"} == {"crd-test-kit"}


@pytest.mark.reliability(21)
@pytest.mark.parametrize(
    "client",
    [
        {"profile": "sandbox"},
        {"issuer": SANDBOX, "jku": [JKU]},
        {"issuer": ISSUER, "jku": [f"{SANDBOX}/.well-known/jwks.json"]},
    ],
)
def test_21_it_refuses_the_sandbox_in_production(tmp_path: Path, client: dict[str, Any]) -> None:
    with pytest.raises(ClientsError, match="private key is public"):
        _load(tmp_path, ward=client)
    assert _load(tmp_path, production=False, ward=client)


@pytest.mark.reliability(3)
@pytest.mark.parametrize(
    ("client", "words"),
    [
        ({"profile": "cerner"}, "profile: 'cerner' is not one of crd-test-kit, epic, generic, sandbox"),
        ({"issuer": ISSUER}, "jku or keys: an issuer without keys could never call"),
        ({"keys": [KEY]}, "issuer: keys need the exact `iss`"),
        ({"issuer": ISSUER, "keys": [SMALL]}, "key 1 needs a kid"),
        ({"issuer": ISSUER, "keys": [KEY, KEY]}, "kid 'k1' occurs 2 times"),
        ({"issuer": ISSUER, "keys": [{**KEY, "d": "AAAA"}]}, "key 1 holds a private or secret key"),
        ({"issuer": ISSUER, "keys": [{"kty": "oct", "k": "AAAA", "kid": "a"}]}, "kty must be EC, RSA or OKP"),
        ({"issuer": ISSUER, "keys": [{**SMALL, "kid": "a"}]}, "key 1 "),
        ({"issuer": ISSUER, "keys": [{**KEY, "x": "!"}]}, "no readable public key"),
        ({"issuer": ISSUER, "keys": [{**KEY, "use": "enc"}]}, "use must be sig"),
        ({"issuer": ISSUER, "keys": [{**KEY, "alg": "HS256"}]}, "alg must be among"),
        ({"issuer": ISSUER, "keys": [KEY], "algorithms": ["none"]}, "algorithms: 'none' is not one of"),
        ({"issuer": ISSUER, "keys": [KEY], "algorithms": ["HS256"]}, "algorithms: 'HS256' is not one of"),
        ({"issuer": ISSUER, "keys": [KEY], "algorithms": []}, "at least one"),
        ({"issuer": ISSUER, "jku": ["http://ehr.example/jwks"]}, "must be https"),
        ({"issuer": ISSUER, "jku": ["file:///etc/passwd"]}, "must be https"),
        ({"issuer": ISSUER, "jku": ["https://ehr.example@evil.example/"]}, "must be https"),
        ({"issuer": ISSUER, "jku": [f"{JKU}{n}" for n in range(5)]}, "at most 4"),
        ({"issuer": ISSUER, "jku": [JKU], "jku_ca_bundle": "/no/file"}, "no file with certificates"),
        ({"issuer": ISSUER, "keys": [KEY], "audience": "cds.example"}, "audience: is not an http(s) address"),
        ({"issuer": ISSUER, "keys": [KEY], "leeway": 600}, "leeway"),
        ({"issuer": ISSUER, "keys": [KEY], "max_token_lifetime": 3601}, "max_token_lifetime"),
        ({"budget": {"calls_per_second": 0}}, "calls_per_second"),
        ({"budget": {"calls_per_second": "nan"}}, "calls_per_second"),
        ({"budget": {"concurrent_calls": 0}}, "concurrent_calls"),
        ({"budget": {"per_minute": 1}}, "per_minute"),
        ({"card": {"max_cards": 0}}, "max_cards"),
        ({"card": {"show_none_found": "perhaps"}}, "show_none_found"),
        ({"card": {"override_reasons": [{"system": "s", "code": "c"}]}}, "display"),
    ],
)
def test_it_names_what_cannot_be_used(tmp_path: Path, client: dict[str, Any], words: str) -> None:
    with pytest.raises(ClientsError) as caught:
        _load(tmp_path, ward=client)
    assert words in str(caught.value)
    assert "clients.yaml" in str(caught.value)
    assert "AAAA" not in str(caught.value)


def test_it_lets_one_issuer_speak_for_one_client(tmp_path: Path) -> None:
    client = {"issuer": ISSUER, "keys": [KEY]}
    with pytest.raises(ClientsError, match="speaks for another client too"):
        _load(tmp_path, one=client, two=client)


def test_it_refuses_unknown_words_beside_the_clients(tmp_path: Path) -> None:
    path = tmp_path / "clients.yaml"
    path.write_text("clients: {a: {}}\nclientz: {}\n", encoding="utf-8")
    with pytest.raises(ClientsError, match="clientz"):
        load_clients(path, frozenset())
