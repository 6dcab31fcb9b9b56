"""Which registered client a token speaks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from werkzeug.datastructures import Headers

from cds_hooks.auth import Issuer, KeyFinder, ReplayStore, verify
from cds_hooks.blueprint import Authenticate
from cds_hooks.endpoints import Endpoint
from service.clients import Client


def authentication(
    clients: Mapping[str, Client], base_url: str, replays: ReplayStore, clock: Callable[[], datetime]
) -> Authenticate:
    """Verifies the token of every call against the clients' registered keys. Raises UnauthorizedError."""
    issuers = {client.issuer: _issuer(name, client) for name, client in clients.items() if client.issuer}

    def authenticate(headers: Headers, endpoint: Endpoint) -> str | None:
        return verify(headers.get("Authorization"), endpoint.audiences(base_url), issuers, replays, clock()).client

    return authenticate


def _issuer(name: str, client: Client) -> Issuer:
    return Issuer(
        client=name,
        issuer=client.issuer,
        key=_finder(client),
        algorithms=tuple(client.algorithms),
        tenants=frozenset(client.tenants) or None,
        max_lifetime=timedelta(seconds=client.max_token_lifetime),
        reject_replay=client.replay == "reject",
    )


def _finder(client: Client) -> KeyFinder:
    by_id = {key.get("kid", ""): key for key in client.keys}

    def find(key_id: str, _jku: str | None) -> Mapping[str, Any] | None:
        return by_id.get(key_id)

    return find
