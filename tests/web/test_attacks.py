"""Attacks on authentication, numbered as in the list of threats; whatever is wrong, the answer is the same bare 401."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from flask.testing import FlaskClient
from jwt.algorithms import RSAAlgorithm

from tests.conftest import NOW
from tests.web.key_server import BASE_URL, ISSUER, KeyHost, Private, claims, new_key, public, signed
from tests.web.requests import SELECT, SIGN, hook_request

KEY, OTHER = new_key(), new_key()
RSA = rsa.generate_private_key(65537, 2048)
RSA_JWK = json.loads(RSAAlgorithm.to_jwk(RSA.public_key())) | {"kid": "r1"}
PEM, DER = (
    RSA.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
    for encoding in (serialization.Encoding.PEM, serialization.Encoding.DER)
)
MOMENT = int(NOW.timestamp())
EVIL = "https://evil.example"


def _registry(**ward: Any) -> str:
    clients = {
        "ward": {"issuer": ISSUER, "keys": [public(KEY), RSA_JWK], **ward},
        "other": {"issuer": f"{ISSUER}/other", "keys": [public(OTHER)]},
    }
    return yaml.safe_dump({"clients": clients})


@pytest.fixture
def client(production: Callable[[str], FlaskClient]) -> FlaskClient:
    return production(_registry())


def _post(client: FlaskClient, token: str | None, path: str = SELECT, **headers: str) -> Any:
    bearer = {"Authorization": f"Bearer {token}"} if token is not None else {}
    data = json.dumps(hook_request())
    return client.post(path, data=data, content_type="application/json", headers={**bearer, **headers})


def _part(value: Any) -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _forged(header: Any, content: Any = None, signature: bytes = b"") -> str:
    return f"{_part(header)}.{_part(claims() if content is None else content)}.{_part(signature)}"


def _hmac(secret: bytes, bits: int) -> str:
    content = f"{_part({'alg': f'HS{bits}', 'kid': 'r1', 'typ': 'JWT'})}.{_part(claims())}"
    return f"{content}.{_part(hmac.new(secret, content.encode(), getattr(hashlib, f'sha{bits}')).digest())}"


def _resigned(header: Any, content: Any) -> str:
    """Signed well over whatever these bytes are."""
    signing = f"{_part(header)}.{_part(content)}"
    signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA384).sign(signing.encode(), KEY)
    return f"{signing}.{_part(signature)}"


HEADER = {"alg": "ES384", "kid": "k1", "typ": "JWT"}
UNSIGNED = {f"1 alg {name}": _forged({**HEADER, "alg": name}) for name in ("none", "None", "nOnE", "")}
CONFUSED = {
    f"2 HS{bits} with the public key as {form}": _hmac(secret, bits)
    for bits in (256, 384, 512)
    for form, secret in (("PEM", PEM), ("DER", DER), ("JWK", json.dumps(RSA_JWK).encode()))
}
TAMPERED = {
    "1 no signature": signed(KEY).rsplit(".", 1)[0] + ".",
    "3 RS256 where RS384 is registered": jwt.encode(claims(), RSA, "RS256", headers={"kid": "r1"}),
    "3 PS384": jwt.encode(claims(), RSA, "PS384", headers={"kid": "r1"}),
    "3 an EC key for RS384": _forged({**HEADER, "alg": "RS384"}, signature=b"x" * 256),
    "3 a curve of another size": jwt.encode(
        claims(), ec.generate_private_key(ec.SECP256R1()), "ES256", headers={"kid": "k1"}
    ),
    "4 crit": signed(KEY, headers={"crit": ["b64"], "b64": False}),
    "5 jwk": signed(OTHER, headers={"jwk": public(OTHER)}),
    "5 x5u": signed(OTHER, headers={"x5u": f"{EVIL}/cert"}),
    "5 x5c": signed(OTHER, headers={"x5c": [base64.b64encode(DER).decode()]}),
    "14 another client's key": signed(OTHER),
    "14 this client's key for another": signed(KEY, iss=f"{ISSUER}/other"),
    "19 a path for a key id": signed(KEY, kid="../../k1"),
    "19 SQL for a key id": signed(KEY, kid="' OR 1=1--"),
    "19 a long key id": signed(KEY, kid="k" * 10_000),
    "23 two tokens": f"{signed(KEY)},Bearer {signed(KEY)}",
    "24 alg twice": _resigned(b'{"alg":"none","alg":"ES384","kid":"k1","typ":"JWT"}', claims()),
    "24 not UTF-8": _resigned(b'{"alg":"ES384","kid":"\xff","typ":"JWT"}', claims()),
    "24 far too long": signed(KEY, more="x" * 1_000_000),
    "24 nested deeply": _resigned(HEADER, b"[" * 5000),
}
ADDRESSES = {
    f"6 jku {jku}": signed(KEY, headers={"jku": jku})
    for jku in (
        f"{EVIL}/jwks", "file:///etc/passwd", "http://169.254.169.254/", f"{ISSUER}@evil.example/jwks",
        f"{ISSUER}./jwks", f"{ISSUER}/jwks/../x", "https://EHR.example/jwks", f"{ISSUER}/jwks?u={EVIL}", "",
    )
}  # fmt: skip
CLAIMS = {
    f"7 {claim} {value!r}": signed(KEY, **{claim: value})
    if value is None
    else _resigned(HEADER, claims(**{claim: value}))
    for claim in ("iss", "aud", "exp", "iat", "jti")
    for value in (None, [], {}, True, "")
}
KEY_IDS = {
    f"7 kid {value!r}": _resigned(
        {name: part for name, part in {**HEADER, "kid": value}.items() if part is not ...}, claims()
    )
    for value in (..., None, "", [], {}, 7, True)
}
NUMBERS = {
    f"7 exp {text}": _resigned(HEADER, json.dumps(claims(exp="EXP")).replace('"EXP"', text).encode())
    for text in ("1e400", "NaN", "Infinity", "null", "1" * 400)
}
AUDIENCES = {
    f"8 aud {audience}": signed(KEY, aud=audience)
    for audience in (
        f"{BASE_URL}/cds-services", f"{BASE_URL}{SIGN}", f"{BASE_URL}{SELECT}/", f"http://cds.example{SELECT}",
        f"{EVIL}{SELECT}", f"{BASE_URL}{SELECT}/feedback", "sand_man", BASE_URL,
    )
}  # fmt: skip
TIMES = {
    "10 expired": signed(KEY, iat=MOMENT - 200, exp=MOMENT - 31),
    "10 for ever": signed(KEY, exp=99_999_999_999),
    "10 one second too long": signed(KEY, exp=MOMENT + 301),
    "10 from the future": signed(KEY, iat=MOMENT + 31, exp=MOMENT + 100),
    "10 expires before it is issued": signed(KEY, iat=MOMENT + 20, exp=MOMENT + 10),
    "10 not yet valid": signed(KEY, nbf=MOMENT + 60),
}
ISSUERS = {
    f"15 iss {issuer}": signed(KEY, iss=issuer)
    for issuer in (
        f"{ISSUER}/", f"{ISSUER}.evil.example", ISSUER.upper(), ISSUER[:-1], f" {ISSUER}", "https://ehr.exаmple",
        f"{ISSUER}\x00",
    )
}  # fmt: skip
ALL = UNSIGNED | CONFUSED | TAMPERED | ADDRESSES | CLAIMS | KEY_IDS | NUMBERS | AUDIENCES | TIMES | ISSUERS
ALL |= {"no token": None, "25 nonsense": "nonsense", "25 empty": "", "25 three dots": "..."}


@pytest.mark.reliability(1)
@pytest.mark.reliability(2)
@pytest.mark.reliability(3)
@pytest.mark.reliability(4)
@pytest.mark.reliability(5)
@pytest.mark.reliability(6)
@pytest.mark.reliability(7)
@pytest.mark.reliability(8)
@pytest.mark.reliability(10)
@pytest.mark.reliability(14)
@pytest.mark.reliability(15)
@pytest.mark.reliability(19)
@pytest.mark.reliability(24)
@pytest.mark.reliability(25)
@pytest.mark.parametrize("token", ALL.values(), ids=[name[:60] for name in ALL])
def test_it_refuses_every_attack_alike(client: FlaskClient, token: str | None) -> None:
    answer, plainest = _post(client, token), _post(client, None)
    assert answer.status_code == 401
    assert answer.data == plainest.data
    assert answer.headers["WWW-Authenticate"] == plainest.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.reliability(1)
def test_1_it_runs_nothing_for_an_attack(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    for name in ("service.web.hooks.Hooks.answer", "service.order_check.OrderCheck.judge",
                 "service.records.outbox.Outbox.append_feedback"):  # fmt: skip
        monkeypatch.setattr(name, lambda *_, called=name, **__: ran.append(called))
    assert {_post(client, token).status_code for token in ALL.values()} == {401}
    assert ran == []


@pytest.mark.reliability(14)
def test_14_it_finds_keys_by_client_and_id(production: Callable[[str], FlaskClient]) -> None:
    """Three clients with three keys, all of the id k1: each key speaks for its own client alone."""
    keys = {name: new_key() for name in ("north", "south", "west")}
    clients = {name: {"issuer": f"https://{name}.example", "keys": [public(key)]} for name, key in keys.items()}
    client = production(yaml.safe_dump({"clients": clients}))
    for issuer in keys:
        for signer, key in keys.items():
            token = signed(key, iss=f"https://{issuer}.example", jti=f"{issuer}{signer}")
            assert _post(client, token).status_code == (200 if issuer == signer else 401)


def test_it_lets_a_good_token_in_after_all_of_them(client: FlaskClient) -> None:
    for token in ALL.values():
        _post(client, token)
    assert _post(client, signed(KEY)).status_code == 200
    assert _post(client, jwt.encode(claims(jti="r"), RSA, "RS384", headers={"kid": "r1"})).status_code == 200


@pytest.mark.reliability(8)
@pytest.mark.parametrize("audience", [f"{BASE_URL}{SELECT}", [f"{BASE_URL}{SELECT}"], ["x", f"{BASE_URL}{SELECT}"]])
def test_8_it_takes_its_own_address_alone_or_among_others(client: FlaskClient, audience: Any) -> None:
    assert _post(client, signed(KEY, aud=audience)).status_code == 200


@pytest.mark.reliability(9)
@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_9_it_computes_its_address_from_no_header(client: FlaskClient, header: str) -> None:
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    assert _post(client, signed(KEY, aud=f"{EVIL}{SELECT}"), **{header: value}).status_code in {400, 401}


@pytest.mark.reliability(10)
def test_10_it_takes_an_epic_like_token_under_an_epic_profile(production: Callable[[str], FlaskClient]) -> None:
    token = jwt.encode(claims(exp=MOMENT + 900, nbf=MOMENT - 300, sub="ehr"), RSA, "RS384", headers={"kid": "a+/b="})
    epic = {"ward": {"profile": "epic", "issuer": ISSUER, "keys": [{**RSA_JWK, "kid": "a+/b="}]}}
    assert _post(production(yaml.safe_dump({"clients": epic})), token).status_code == 200


@pytest.mark.reliability(11)
def test_11_it_executes_one_of_many_replays(client: FlaskClient) -> None:
    token = signed(KEY)
    assert sorted(_post(client, token).status_code for _ in range(20)) == [200] + [401] * 19


def test_it_lets_a_test_tool_repeat_its_token_where_registered(production: Callable[[str], FlaskClient]) -> None:
    client, token = production(_registry(profile="crd-test-kit")), signed(KEY)
    assert [_post(client, token).status_code for _ in range(3)] == [200] * 3


def test_12_it_says_nothing_more_of_a_bad_body_than_to_a_known_client(client: FlaskClient) -> None:
    answer = client.post(SELECT, data=b"{", content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.reliability(23)
def test_23_it_takes_bearer_in_any_case_and_no_token_elsewhere(client: FlaskClient) -> None:
    token = signed(KEY)
    assert client.post(f"{SELECT}?access_token={token}", json=hook_request()).status_code == 401
    assert client.post(f"{SELECT}", data={"access_token": token}).status_code == 401
    headers = {"Authorization": f"bearer   {token}"}
    assert client.post(SELECT, json=hook_request(), headers=headers).status_code == 200


def test_it_asks_for_the_tenant_that_is_registered(production: Callable[[str], FlaskClient]) -> None:
    client = production(_registry(tenants=["north"]))
    statuses = [_post(client, signed(KEY, jti=str(n), tenant=name)).status_code for n, name in enumerate(
        ["north", "south", None, ["north"]]
    )]  # fmt: skip
    assert statuses == [200, 401, 401, 401]


def test_it_holds_a_client_to_its_own_address_of_the_service(production: Callable[[str], FlaskClient]) -> None:
    client = production(_registry(audience="https://inside.example/cds"))
    inside = f"https://inside.example/cds{SELECT}"
    assert [_post(client, signed(KEY, jti="a", aud=aud)).status_code for aud in (f"{BASE_URL}{SELECT}", inside)] == [
        401,
        200,
    ]


@pytest.mark.reliability(25)
@pytest.mark.reliability(40)
def test_it_logs_the_reason_without_the_token_and_counts_it(
    capfd: pytest.CaptureFixture[str], production: Callable[[str], FlaskClient]
) -> None:
    client, token = production(_registry()), signed(OTHER)
    _post(client, token)
    written = capfd.readouterr().err
    assert "signature does not hold" in written
    assert not any(part in written for part in token.split("."))
    assert 'liver_cds_refused_total{reason="signature does not hold"} 1.0' in client.get("/metrics").text


@pytest.fixture
def host(tmp_path: Path) -> Iterator[KeyHost]:
    host = KeyHost(tmp_path, public(KEY))
    yield host
    host.close()


Development = Callable[[str], FlaskClient]


def _with_host(host: KeyHost) -> str:
    ward = {"issuer": ISSUER, "audience": BASE_URL, "jku": [host.jku], "jku_ca_bundle": host.ca_bundle}
    return yaml.safe_dump({"clients": {"demo": {}, "ward": ward}})


def _from(host: KeyHost, key: Private = KEY, **changed: Any) -> str:
    return signed(key, headers={"jku": host.jku}, **changed)


def test_it_fetches_keys_from_the_registered_address(development: Development, host: KeyHost) -> None:
    client = development(_with_host(host))
    assert [_post(client, _from(host, jti=str(n))).status_code for n in range(3)] == [200] * 3
    assert host.times == 1


@pytest.mark.reliability(6)
def test_6_it_follows_no_address_of_a_token(development: Development, host: KeyHost) -> None:
    client = development(_with_host(host))
    paths = ("/other", "/jwks.json?x", "/jwks.json/", "/JWKS.json")
    statuses = [
        _post(client, signed(KEY, headers={"jku": host.jku.replace("/jwks.json", path)})).status_code for path in paths
    ]
    assert statuses == [401] * 4
    assert host.times == 0


@pytest.mark.reliability(17)
def test_17_it_fetches_once_in_a_storm_of_unknown_ids(development: Development, host: KeyHost) -> None:
    client = development(_with_host(host))
    assert {_post(client, _from(host, kid=f"k{n}x")).status_code for n in range(100)} == {401}
    assert _post(client, _from(host)).status_code == 200
    assert host.times == 1


def test_it_needs_no_token_in_development_but_believes_no_bad_one(development: Development, host: KeyHost) -> None:
    client = development(_with_host(host))
    assert _post(client, None).status_code == 200
    assert _post(client, signed(KEY, iss="https://unknown.example")).status_code == 200
    assert _post(client, _from(host, OTHER)).status_code == 401
