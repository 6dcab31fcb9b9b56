"""Take a JWT apart strictly, believing nothing it says. Knows no keys and no issuers."""

from __future__ import annotations

import base64
import binascii
import json
import math
from dataclasses import dataclass
from typing import Any, NoReturn

from cds_hooks.errors import UnauthorizedError

MAX_LENGTH = 16_384
"""characters; a JWT of a CDS client has about one thousand"""


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """A token's parts, none of them verified. Has no repr: what it holds may not be logged."""

    encoded: str
    header: dict[str, Any]
    claims: dict[str, Any]

    @property
    def algorithm(self) -> str:
        return _text(self.header, "alg")

    @property
    def key_id(self) -> str:
        return _text(self.header, "kid")

    @property
    def jku(self) -> str | None:
        return _text(self.header, "jku") if "jku" in self.header else None

    @property
    def issuer(self) -> str:
        return _text(self.claims, "iss")

    def text(self, claim: str) -> str:
        return _text(self.claims, claim)

    def seconds(self, claim: str) -> float:
        """A time claim in seconds since 1970; UnauthorizedError when it is missing or no finite number."""
        value = self.claims.get(claim)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
            raise UnauthorizedError(f"claim {claim} is missing or no number")
        return float(value)


def read_token(authorization: str | None) -> Token:
    """The token in an `Authorization` header. Raises UnauthorizedError."""
    scheme, _, encoded = (authorization or "").strip().partition(" ")
    encoded = encoded.strip()
    if scheme.lower() != "bearer" or not encoded:
        raise UnauthorizedError("no bearer token")
    parts = encoded.split(".")
    if len(encoded) > MAX_LENGTH or len(parts) != 3:
        raise UnauthorizedError("not a signed token")
    return Token(encoded, _object(parts[0]), _object(parts[1]))


def _object(part: str) -> dict[str, Any]:
    try:
        text = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
        value = json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError, binascii.Error):
        raise UnauthorizedError("not a readable token") from None
    if not isinstance(value, dict):
        raise UnauthorizedError("not a readable token")
    return value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two readers of the same token may take different ones of two `alg`, so none is taken."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("duplicate member")
    return members


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)


def _refuse(_: str) -> NoReturn:
    raise ValueError("not a finite number")


def _text(members: dict[str, Any], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str) or not value:
        raise UnauthorizedError(f"{name} is missing or no text")
    return value
