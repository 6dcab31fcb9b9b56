"""Chance that can be repeated: a share between 0 and 1 for every name. Knows no patients.

Each draw hangs on seed, patient and its own name alone, so a new row in a table moves no other draw, and patient 7 is
the same patient in a cohort of ten and of a million.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")
_BYTES = 8
_WHOLE = Decimal(2 ** (8 * _BYTES))


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of patient number `index` in the cohort of `seed`."""

    seed: int
    index: int

    def share(self, name: str) -> Decimal:
        """At least 0 and below 1; the same for the same name."""
        digest = sha256(f"{self.seed}/{self.index}/{name}".encode()).digest()
        return Decimal(int.from_bytes(digest[:_BYTES], "big")) / _WHOLE

    def one(self, name: str, among: Sequence[T]) -> T:
        return among[int(self.share(name) * len(among))]

    def whole(self, name: str, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return low + int(self.share(name) * (high - low + 1))

    def weighted(self, name: str, among: Sequence[tuple[T, Decimal]], total: Decimal | None = None) -> T | None:
        """One of (thing, weight); None for what the weights leave of `total` (their sum if it is not given)."""
        left = self.share(name) * (sum((weight for _, weight in among), Decimal(0)) if total is None else total)
        for thing, weight in among:
            if left < weight:
                return thing
            left -= weight
        return None
