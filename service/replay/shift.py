"""Moves every date in a request by whole days, so that a fixture's day becomes today. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DATE = re.compile(rb'(?<=")(\d{4}-\d{2}-\d{2})(?=["T])')


def shifted(body: bytes, days: int) -> bytes:
    """`body` with every JSON text that begins with a full date moved by `days`; partial dates (2026-11) stay."""

    def move(found: re.Match[bytes]) -> bytes:
        try:
            moved = date.fromisoformat(found[1].decode()) + timedelta(days=days)
        except (ValueError, OverflowError):
            return found[0]
        return moved.isoformat().encode()

    return _DATE.sub(move, body) if days else body
