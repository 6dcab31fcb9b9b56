"""Which registered client a token speaks for. What was wrong only the log and the metrics learn."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from time import monotonic

from werkzeug.datastructures import Headers

from cds_hooks.auth import Issuer, ReplayStore, verify
from cds_hooks.blueprint import Authenticate
from cds_hooks.endpoints import Endpoint
from cds_hooks.errors import UnauthorizedError
from cds_hooks.tokens import read_token
from service.clients import Client
from service.fhir.fetching.deadline import Clock
from service.web.key_fetch import KeyServer
from service.web.keys import ClientKeys, KeySet
from service.web.metrics import Metrics

_log = logging.getLogger(__name__)


def authentication(
    clients: Mapping[str, Client],
    base_url: str,
    replays: ReplayStore,
    clock: Callable[[], datetime],
    metrics: Metrics,
    *,
    development: bool = False,
    ticks: Clock = monotonic,
) -> Authenticate:
    """Verifies the token of every call against the clients' registered keys. Raises UnauthorizedError.

    development  a call without a token, or with one of an issuer that nobody registered, is let in as nobody's; key
                 servers may be on this machine
    ticks        the clock by which keys grow old, monotonic seconds
    """
    issuers = {
        client.issuer: _issuer(name, client, development, ticks) for name, client in clients.items() if client.issuer
    }
    bases = {client.issuer: client.audience or base_url for client in clients.values() if client.issuer}

    def authenticate(headers: Headers, endpoint: Endpoint) -> str | None:
        authorization = headers.get("Authorization")
        try:
            claimed = _claimed_issuer(authorization)
            if development and claimed not in issuers:
                return None
            # the claim is not believed: it only picks what of the file the whole token is held against
            audiences = endpoint.audiences(bases.get(claimed, base_url))
            verified = verify(authorization, audiences, issuers, replays, clock())
        except UnauthorizedError as error:
            metrics.refused.labels(error.reason).inc()
            _log.warning("call refused: %s", error.reason)
            raise
        if verified.is_replayed:
            _log.warning("token used before, let through for client %s", verified.client)
        return verified.client

    return authenticate


def _claimed_issuer(authorization: str | None) -> str:
    """What the token says of itself; empty without a readable one."""
    try:
        return read_token(authorization).issuer
    except UnauthorizedError:
        return ""


def _issuer(name: str, client: Client, development: bool, ticks: Clock) -> Issuer:
    sets = {jku: KeySet(name, KeyServer(jku, client.jku_ca_bundle, development).fetch, ticks) for jku in client.jku}
    return Issuer(
        client=name,
        issuer=client.issuer,
        key=ClientKeys(client.keys, sets).find,
        algorithms=tuple(client.algorithms),
        jkus=frozenset(client.jku),
        tenants=frozenset(client.tenants) or None,
        max_lifetime=timedelta(seconds=client.max_token_lifetime),
        leeway=timedelta(seconds=client.leeway),
        reject_replay=client.replay == "reject",
        require_typ=client.require_typ,
    )
