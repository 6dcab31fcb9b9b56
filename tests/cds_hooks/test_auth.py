"""Only a token signed with a registered key, for this endpoint, now and once, is believed; all else gets one 401."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json as plain
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from cds_hooks.auth import Issuer, Verified, verify
from cds_hooks.endpoints import Endpoint
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


def test_it_believes_a_good_token() -> None:
    assert bearer(token()) == Verified("st-elsewhere", ISSUER, "t-1")


def test_it_believes_rs384_with_a_key_that_names_no_algorithm() -> None:
    assert bearer(token(RSA_KEY, "RS384", {"kid": "rsa"})).client == "st-elsewhere"


def test_it_believes_a_token_without_jku_by_the_keys_agreed() -> None:
    found: list[str | None] = []

    def key(kid: str, jku: str | None) -> dict[str, Any] | None:
        found.append(jku)
        return KEYS.get(kid)

    unlisted = jwt.encode(CLAIMS, EC_KEY, algorithm="ES384", headers={"kid": "ec", "typ": "JWT"})
    assert bearer(unlisted, issuer=replace(TRUSTED, key=key, jkus=frozenset())).token_id == "t-1"
    assert found == [None]


def test_it_takes_the_audience_in_an_array() -> None:
    assert bearer(token(aud=["https://other.example", AUDIENCE]))


def test_it_takes_the_claims_that_vendors_add() -> None:
    assert bearer(token(nbf=CLAIMS["iat"] - 300, sub="client-id", tenant="x"))


def test_it_takes_the_scheme_in_any_case() -> None:
    assert check(f"bearer  {token()}")


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic eDp5", "Bearer a.b", "Bearer a.b.c.d", "Bearer ..", "é"]
)
def test_it_refuses_what_is_no_bearer_token(header: str | None) -> None:
    with pytest.raises(UnauthorizedError):
        check(header)


def test_it_refuses_a_huge_token_unread() -> None:
    assert refusal(token(pad="x" * 20_000)) == "not a signed token"


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


SECOND = CLAIMS["iat"]


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://evil.example"}, "unknown issuer"),
        ({"iss": ISSUER + "/"}, "unknown issuer"),
        ({"iss": ...}, "iss is missing or no text"),
        ({"aud": "https://cds.example/cds-services/other"}, "wrong audience"),
        ({"aud": AUDIENCE + "/"}, "wrong audience"),
        ({"aud": ["https://other.example"]}, "wrong audience"),
        ({"aud": []}, "wrong audience"),
        ({"aud": {"0": AUDIENCE}}, "wrong audience"),
        ({"aud": ...}, "wrong audience"),
        ({"exp": SECOND - 30}, "expired"),
        ({"exp": ...}, "claim exp is missing or no number"),
        ({"exp": "soon"}, "claim exp is missing or no number"),
        ({"exp": True}, "claim exp is missing or no number"),
        ({"exp": 10**30}, "claim exp is missing or no number"),
        ({"iat": SECOND + 31}, "issued in the future"),
        ({"iat": ...}, "claim iat is missing or no number"),
        ({"iat": SECOND - 3601, "exp": SECOND}, "lifetime too long"),
        ({"iat": SECOND + 20, "exp": SECOND + 10}, "lifetime too long"),
        ({"nbf": SECOND + 31}, "not yet valid"),
        ({"nbf": "later"}, "claim nbf is missing or no number"),
        ({"jti": ...}, "jti is missing or no text"),
        ({"jti": ""}, "jti is missing or no text"),
    ],
)
def test_it_refuses_a_claim(claims: dict[str, Any], reason: str) -> None:
    payload = {name: value for name, value in (CLAIMS | claims).items() if value is not ...}
    signed = jwt.api_jws.encode(plain.dumps(payload).encode(), EC_KEY, algorithm="ES384", headers=HEADER)
    assert refusal(signed) == reason


@pytest.mark.parametrize(
    "claims", [{"exp": SECOND - 29}, {"iat": SECOND + 30}, {"nbf": SECOND + 30}, {"iat": SECOND - 3300}]
)
def test_it_allows_for_clocks_that_differ_a_little(claims: dict[str, Any]) -> None:
    changed = claims | ({"iat": SECOND - 300} if "exp" in claims else {})
    assert bearer(token(**changed))


def test_it_checks_tenants_when_they_are_listed() -> None:
    listed = replace(TRUSTED, tenants=frozenset({"north"}))
    assert bearer(token(tenant="north"), issuer=listed).tenant == "north"
    assert refusal(token(tenant="south"), issuer=listed) == "tenant not allowed"
    assert refusal(token(), issuer=listed) == "tenant is missing or no text"


def test_it_refuses_a_token_used_before() -> None:
    replays = Memory()
    bearer(token(), replays=replays)
    assert refusal(token(), replays=replays) == "token used before"
    assert bearer(token(jti="t-2"), replays=replays)


def test_it_remembers_a_token_until_it_can_no_longer_be_used() -> None:
    replays = Memory()
    bearer(token(), replays=replays)
    assert replays.seen == {(ISSUER, "t-1"): NOW + timedelta(seconds=330)}


def test_it_reports_a_repeated_token_where_that_is_let_through() -> None:
    replays, tolerant = Memory(), replace(TRUSTED, reject_replay=False)
    assert not bearer(token(), issuer=tolerant, replays=replays).is_replayed
    assert bearer(token(), issuer=tolerant, replays=replays).is_replayed


def test_it_remembers_no_token_that_it_refused() -> None:
    replays = Memory()
    for bad in (token(STRANGER), token(aud="x"), token(exp=SECOND - 99)):
        refusal(bad, replays=replays)
    assert replays.seen == {}


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        (Endpoint(), ("https://cds.example/x/cds-services",)),
        (Endpoint("liver"), ("https://cds.example/x/cds-services/liver",)),
        (
            Endpoint("liver", is_feedback=True),
            ("https://cds.example/x/cds-services/liver/feedback", "https://cds.example/x/cds-services/liver"),
        ),
    ],
)
def test_it_expects_the_public_address_as_audience(endpoint: Endpoint, expected: tuple[str, ...]) -> None:
    assert endpoint.audiences("https://cds.example/x/") == expected
    assert endpoint.audiences("https://cds.example/x") == expected
