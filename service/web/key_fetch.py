"""Fetches one key set: https to the registered address alone, no redirects or proxies, one deadline, a byte cap."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_network
from threading import Timer
from time import monotonic

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from service.fhir.fetching.base import Base, read_base
from service.fhir.fetching.connections import pool
from service.fhir.fetching.deadline import Clock, Deadline
from service.fhir.fetching.line import Line
from service.fhir.fetching.outcome import FetchError
from service.fhir.fetching.resolving import Resolve, checked_addresses, system_resolve

SECONDS = 2.0
MOST_BYTES = 256 * 1024
_CHUNK = 16_384
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "liver-cds"}
# the address is the administrator's and the certificate is checked: only what is never a key server is kept away
_ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))

FetchKeys = Callable[[], bytes]
"""The bytes of a key set. Raises KeyFetchError."""


class KeyFetchError(Exception):
    """No key set was had; the message is one of a few words for the log."""


@dataclass(frozen=True, slots=True)
class KeyServer:
    """One registered address. `development`: it may be on this machine."""

    address: str
    ca_bundle: str = ""
    development: bool = False
    clock: Clock = monotonic
    resolve: Resolve = system_resolve

    def fetch(self) -> bytes:
        """The body of a 200 answer. Raises KeyFetchError after SECONDS at the latest, name resolution apart."""
        base = read_base(self.address)
        deadline = Deadline(self.clock() + SECONDS, self.clock)
        try:
            addresses = checked_addresses(base, _ANYWHERE, loopback=self.development, resolve=self.resolve)
            return self._read(base, Line(addresses, base.port, deadline), deadline)
        except FetchError as error:
            problem = error.outcome.label
        except (HTTPError, OSError, ValueError) as error:
            problem = "timeout" if not deadline.left else type(error).__name__
        raise KeyFetchError(problem)

    def _read(self, base: Base, line: Line, deadline: Deadline) -> bytes:
        # a server that drips starts every timeout anew, so the line is cut from outside
        timer = Timer(deadline.required(), line.cut)
        timer.daemon = True
        timer.start()
        try:
            with pool(base, line, self._tls(), 1) as connections:
                answer = connections.urlopen(
                    "GET", base.path or "/", headers=_HEADERS, redirect=False, retries=False, preload_content=False,
                    timeout=deadline.required(),
                )  # fmt: skip
                return _body(answer, deadline)
        finally:
            timer.cancel()
            line.cut()

    def _tls(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca_bundle:
            context.load_verify_locations(self.ca_bundle)
        else:
            context.load_default_certs()
        return context


def _body(answer: BaseHTTPResponse, deadline: Deadline) -> bytes:
    if answer.status != 200:
        raise KeyFetchError(f"status {answer.status}")
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise KeyFetchError("encoded answer")
    body = bytearray()
    while part := answer.read1(_CHUNK, decode_content=False):
        body += part
        if len(body) > MOST_BYTES:
            raise KeyFetchError("too large")
        deadline.required()
    deadline.required()  # a line that was cut reads like an answer that has ended
    return bytes(body)
