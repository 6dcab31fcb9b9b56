"""Signed, expiring addresses of the explanation page. Name a card and the client it was given to, and no patient."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from cds_hooks.models import Link
from cds_hooks.strict import is_web_address
from service.records.storage import StorageUnavailableError

PATH = "/explain"
LABEL = "All findings and their sources"
_SALT = "org.livercds.explain"
_STEP = timedelta(hours=1)


class BadLinkError(Exception):
    """The token is none of ours, or was changed."""


class ExpiredLinkError(Exception):
    """The token was good once."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a link points to. `until`: when it ends, in UTC."""

    card: str
    client: str
    until: datetime


class ExplainLinks:
    """`base_url`: the public address of the service; `key`: gives the secret (StorageUnavailableError while there is
    none); `lasts`: how long a link is good, to the end of the hour, so that a repeated call gives the same card."""

    def __init__(self, base_url: str, key: Callable[[], bytes], lasts: timedelta) -> None:
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._lasts = lasts
        self._serializer: URLSafeSerializer | None = None

    @property
    def is_on(self) -> bool:
        """Links need a public address that a card may carry."""
        return bool(self._lasts) and is_web_address(self._base_url)

    def links(self, card: str, client: str, at: datetime) -> tuple[Link, ...]:
        """The link for a card given now; none where there can be none, as no card may be lost for it."""
        if not self.is_on:
            return ()
        try:
            token = self.token(card, client, at)
        except StorageUnavailableError:
            return ()
        return (Link(label=LABEL, url=f"{self._base_url}{PATH}/{token}", type="absolute"),)

    def token(self, card: str, client: str, at: datetime) -> str:
        ends = at.timestamp() + self._lasts.total_seconds()
        hour = _STEP.total_seconds()
        return self._signer().dumps([card, client, int(-(-ends // hour) * hour)])

    def read(self, token: str, now: datetime) -> Pointed:
        """Raises BadLinkError, ExpiredLinkError or StorageUnavailableError."""
        try:
            content: Any = self._signer().loads(token)
        except BadData:
            raise BadLinkError from None
        card, client, until = content
        if now.timestamp() >= until:
            raise ExpiredLinkError
        return Pointed(card, client, datetime.fromtimestamp(until, UTC))

    def is_fresh(self, pointed: Pointed, now: datetime) -> bool:
        """Whether it was given within about an hour: its decision may still wait to be written down."""
        return pointed.until - now > self._lasts - _STEP

    def _signer(self) -> URLSafeSerializer:
        # kept once read: a disk that hangs may cost no card
        if self._serializer is None:
            options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
            self._serializer = URLSafeSerializer(self._key(), salt=_SALT, signer_kwargs=options)
        return self._serializer
