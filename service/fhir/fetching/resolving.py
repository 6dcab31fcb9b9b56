"""A base's name to checked addresses: resolved once for each call, and refused if any answer is not allowed."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence

from service.fhir.fetching.base import Base
from service.fhir.fetching.networks import Network, is_allowed
from service.fhir.fetching.outcome import FetchError, Outcome

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) -> addresses; OSError when the name is not known."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in answers]


def checked_addresses(base: Base, networks: Sequence[Network], *, loopback: bool, resolve: Resolve) -> tuple[str, ...]:
    """Every address of the base's host, each once. Raises FetchError: one bad address among good ones spoils all."""
    try:
        addresses = tuple(dict.fromkeys(resolve(base.host, base.port)))
    except (OSError, UnicodeError):
        addresses = ()
    if not addresses:
        raise FetchError(Outcome.UNREACHABLE)
    if not all(is_allowed(address, networks, loopback=loopback) for address in addresses):
        raise FetchError(Outcome.BLOCKED)
    return addresses
