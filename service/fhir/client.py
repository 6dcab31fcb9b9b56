"""GET for one hook call: the base's origin alone, no redirects, proxies, netrc or cookies, one deadline, byte caps.

The only module of the service that sends requests to others. Knows no FHIR beyond the media type.
"""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from time import sleep
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import HTTPError, ReadTimeoutError

from service.fhir.fetching.access import Access
from service.fhir.fetching.budget import Budget
from service.fhir.fetching.connections import pool
from service.fhir.fetching.deadline import Deadline
from service.fhir.fetching.line import Line
from service.fhir.fetching.outcome import FetchError, Outcome, of_status

_CHUNK = 65_536
_HEADERS = {"Accept": "application/fhir+json", "Accept-Encoding": "identity", "User-Agent": "liver-cds"}
_ONCE_MORE = frozenset({502, 503, 504})
_JITTER_SECONDS = 0.05
_chance = secrets.SystemRandom()


@contextmanager
def open_session(access: Access, line: Line, tls: ssl.SSLContext, connections: int) -> Iterator[requests.Session]:
    """A session that can reach the base's origin and nothing else; its threads may share it."""
    adapter = _Adapter(pool(access.base, line, tls, connections))
    with requests.Session() as session:
        session.trust_env = False
        session.headers.clear()
        session.headers.update(_HEADERS)
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.adapters.clear()
        session.mount(access.base.origin, adapter)
        yield session


class _Adapter(HTTPAdapter):
    """Sends over the one pool that it is given. Certificates are the pool's business: its context checks them."""

    def __init__(self, connections: HTTPConnectionPool) -> None:
        super().__init__()
        self._connections = connections

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        return self._connections

    def cert_verify(self, *_: Any, **__: Any) -> None:
        """Nothing: requests would add its own bundle to the client's."""

    def close(self) -> None:
        super().close()
        self._connections.close()


@dataclass(frozen=True, slots=True, repr=False)
class FhirClient:
    """One call's way to the record system."""

    access: Access
    session: requests.Session
    deadline: Deadline
    budget: Budget
    response_bytes: int

    def get(self, address: str) -> bytes:
        """The body of a 200 answer; an unreachable or failing gateway is tried once more. Raises FetchError."""
        status, body = self._once(address, may_fail=True)
        if status in _ONCE_MORE:
            sleep(min(_chance.uniform(0, _JITTER_SECONDS), self.deadline.left))
            status, body = self._once(address, may_fail=False)
        outcome = of_status(status)
        if outcome is not Outcome.ANSWERED:
            raise FetchError(outcome)
        return body

    def _once(self, address: str, *, may_fail: bool) -> tuple[int, bytes]:
        """Status and body; 503 for no connection where that may be tried again."""
        if not self.access.base.contains(address):
            raise FetchError(Outcome.FOREIGN_PAGE)
        try:
            return self._read(address)
        except FetchError as error:
            outcome = error.outcome
        except requests.exceptions.SSLError:
            outcome = Outcome.INSECURE
        except (requests.Timeout, ReadTimeoutError):
            outcome = Outcome.TIMEOUT
        except requests.ConnectionError:
            outcome = Outcome.UNREACHABLE
        except (requests.RequestException, HTTPError, OSError, ValueError):
            outcome = Outcome.UNREADABLE
        if not self.deadline.left:
            outcome = Outcome.TIMEOUT
        if outcome is Outcome.UNREACHABLE and may_fail:
            return 503, b""
        # raised out here, so that the library's error, which quotes the URL and holds the token, is not its context
        raise FetchError(outcome)

    def _read(self, address: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self.access.token}"}
        left = self.deadline.required()
        with self.session.get(address, headers=headers, stream=True, allow_redirects=False, timeout=left) as response:
            if response.status_code != 200:
                return response.status_code, b""
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                raise FetchError(Outcome.UNREADABLE)
            return 200, self._body(response)

    def _body(self, response: requests.Response) -> bytes:
        length = response.headers.get("Content-Length", "0")
        if length.isdecimal() and int(length) > self.response_bytes:
            raise FetchError(Outcome.TOO_LARGE)
        body = bytearray()
        while part := response.raw.read1(_CHUNK, decode_content=False):
            self.budget.take_bytes(len(part))
            body += part
            if len(body) > self.response_bytes:
                raise FetchError(Outcome.TOO_LARGE)
            self.deadline.required()
        return bytes(body)
