"""The one place where urllib3 is bent: connections come from a `Line`, their name stays for TLS and Host."""

from __future__ import annotations

import logging
import socket
import ssl

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from service.fhir.fetching.base import Base
from service.fhir.fetching.line import Line

# its warnings and debug messages quote URLs, which name patients
logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)


def pool(base: Base, line: Line, tls: ssl.SSLContext, size: int) -> HTTPConnectionPool:
    """Connections to the base's host that resolve no name. Certificates are checked against the host's name."""
    if base.scheme == "https":
        secure = HTTPSConnectionPool(base.host, base.port, maxsize=size, ssl_context=tls)
        secure.ConnectionCls = _secure(line)
        return secure
    plain = HTTPConnectionPool(base.host, base.port, maxsize=size)
    plain.ConnectionCls = _plain(line)
    return plain


def _plain(line: Line) -> type[HTTPConnection]:
    class PlainConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(line, self)

    return PlainConnection


def _secure(line: Line) -> type[HTTPSConnection]:
    class SecureConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(line, self)

    return SecureConnection


def _opened(line: Line, connection: HTTPConnection) -> socket.socket:
    """The errors are those that urllib3 expects here."""
    try:
        return line.open()
    except TimeoutError:
        raise ConnectTimeoutError(connection, "timed out") from None
    except OSError:
        raise NewConnectionError(connection, "not reached") from None
