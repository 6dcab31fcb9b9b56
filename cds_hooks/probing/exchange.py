"""What is asked of a service and what came back. Knows no HTTP library and no rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cds_hooks import json

MEDIA_TYPE = "application/json"


class Credential(Enum):
    """How a call shows who sends it: as the tester was told to, or in a way that must not be believed."""

    OWN = "with its own token"
    NONE = "without a token"
    UNSIGNED = "with a token that is not signed"
    SYMMETRIC = "with a token signed with a shared secret"
    OTHER_ENDPOINT = "with a token for another endpoint"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `path` begins behind the base URL: "/cds-services/x"."""

    method: str
    path: str
    body: bytes = b""
    media_type: str = MEDIA_TYPE
    credential: Credential = Credential.OWN


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` 0: no answer came, or none that could be read whole. `seconds` from sending to the last byte."""

    status: int
    media_type: str
    body: bytes
    seconds: float

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_refusal(self) -> bool:
        return 400 <= self.status < 500

    def document(self) -> Any:
        """The body as JSON. Raises json.BadJsonError."""
        return json.decode(self.body)


Send = Callable[[Ask], Reply]
