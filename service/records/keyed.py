"""Identifiers as keyed hashes: the same patient gives the same word, and only the key tells whose it is."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"\b([A-Z][a-z]+[A-Za-z]*)/([A-Za-z0-9\-.]+)")


@dataclass(frozen=True, slots=True)
class Keyed:
    """Hashes with HMAC-SHA256. The client is hashed too: patient 1 of two clients is not the same person."""

    key: bytes
    client: str

    def word(self, kind: str, identifier: str) -> str:
        """64 hexadecimal digits; empty for an empty identifier. A patient and an order of one name differ by `kind`."""
        if not identifier:
            return ""
        message = "\x1f".join((kind, self.client, identifier)).encode("utf-8", "surrogatepass")
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()

    def references(self, text: str) -> str:
        """`text` with the ids in "Observation/b1, Patient/7" replaced; the types stay readable."""
        if "/" not in text:
            return text
        return _REFERENCE.sub(lambda found: f"{found[1]}/{self.word('resource', found[0])[:16]}", text)
