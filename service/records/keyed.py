"""Identifiers as keyed hashes: the same patient gives the same word, and only the key tells whose it is."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from service.records.storage import StorageUnavailableError

SHORTEST = 32
"""characters of a key"""
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
        return _REFERENCE.sub(lambda found: f"{found[1]}/{self.word('resource', found[0])[:16]}", text)


def read_key(path: Path) -> bytes:
    """The key in a file that the administrator keeps. Raises ValueError when it is too short, or OSError."""
    key = path.read_bytes().strip()
    if len(key) < SHORTEST:
        raise ValueError(f"holds fewer than {SHORTEST} characters")
    return key


def own_key(path: Path) -> bytes:
    """The key of this data folder, made at first use and readable by its owner alone. StorageUnavailableError."""
    try:
        if not path.exists():
            _make(path)
        return read_key(path)
    except (OSError, ValueError) as error:
        raise StorageUnavailableError(f"patient key: {type(error).__name__}") from None


def _make(path: Path) -> None:
    """Written whole under another name first, so that of several processes one wins and none reads half a key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
