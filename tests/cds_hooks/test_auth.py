"""Only a token signed with a registered key, for this endpoint, now and once, is believed; all else gets one 401."""

from __future__ import annotations

import json as plain
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest

from cds_hooks.auth import Verified
from cds_hooks.endpoints import Endpoint
from cds_hooks.errors import UnauthorizedError
from tests.cds_hooks.jwts import (
    AUDIENCE,
    CLAIMS,
    EC_KEY,
    HEADER,
    ISSUER,
    KEYS,
    NOW,
    RSA_KEY,
    STRANGER,
    TRUSTED,
    Memory,
    bearer,
    check,
    refusal,
    token,
)


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
