"""What all resources that we publish share."""

from __future__ import annotations

import hashlib
from typing import Any

Resource = dict[str, Any]
PUBLISHER = "liver-cds"


def version(content: object) -> str:
    """Changes when, and only when, the content does."""
    return hashlib.sha256(repr(content).encode()).hexdigest()[:12]
