"""The thresholds file as it was last found good, signed: what stands in for it is whole, this installation's and dated.

Pure: bytes, key and time are handed in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

_SEAL = b"\n# in force, signed: "
_SKEW = timedelta(minutes=5)
"""by how much the clock of whoever signed may have been ahead"""


class SnapshotError(ValueError):
    """A snapshot that nobody may be judged by; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`content` is the file, byte for byte; `read_at` is when it was last read and found good."""

    content: bytes
    read_at: datetime


def sealed(snapshot: Snapshot, place: str, key: bytes) -> bytes:
    """The snapshot to be kept: still the same YAML, its seal a comment. `place`: the installation that it is for."""
    read_at = snapshot.read_at.isoformat()
    seal = {"read_at": read_at, "for": place, "hmac_sha256": _signature(snapshot.content, place, read_at, key)}
    return snapshot.content + _SEAL + json.dumps(seal).encode()


def opened(kept: bytes, place: str, now: datetime, key: bytes) -> Snapshot:
    """What `sealed` kept. Raises SnapshotError for one that is changed, cut short, another's or from the future."""
    content, _, words = kept.rpartition(_SEAL)
    try:
        seal: dict[str, Any] = json.loads(words)
        read_at, signed_for, signature = str(seal["read_at"]), str(seal["for"]), str(seal["hmac_sha256"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise SnapshotError("its seal is missing or cut short") from None
    if not hmac.compare_digest(signature.encode(), _signature(content, signed_for, read_at, key).encode()):
        raise SnapshotError("it was changed, or signed with another key")
    if signed_for != place:
        raise SnapshotError("it is another installation's")
    moment = datetime.fromisoformat(read_at)
    if moment > now + _SKEW:
        raise SnapshotError(f"it is from the future, {moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    return Snapshot(content, moment)


def _signature(content: bytes, place: str, read_at: str, key: bytes) -> str:
    signed = json.dumps([hashlib.sha256(content).hexdigest(), place, read_at]).encode()
    return hmac.new(key, signed, hashlib.sha256).hexdigest()
