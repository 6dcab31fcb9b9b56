"""A FHIR base URL taken apart, and which URLs lie inside it: parsed and compared part by part, never by prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urljoin

from service.fhir.fetching.outcome import FetchError, Outcome

_AUTHORITY = r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(?::(?P<port>[0-9]{1,5}))?"
_PATH = r"(?P<path>(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]*)*)"
# ASCII: else "ſ" would pass for "s" where case is ignored
_BASE = re.compile(_AUTHORITY + _PATH, re.IGNORECASE | re.ASCII)
_PAGE = re.compile(_AUTHORITY + _PATH + r"(?:\?(?P<query>[\x21\x22\x24-\x5b\x5d-\x7e]*))?", re.IGNORECASE | re.ASCII)
_LONGEST = 8192
_PORTS = {"http": 80, "https": 443}
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class BaseError(ValueError):
    """The text is no base URL that can be registered; the message says what is allowed."""


@dataclass(frozen=True, slots=True)
class Base:
    """`host` in lower case without brackets; `path` without its last slash, "" for the root."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        return self.origin + self.path

    def query(self, relative: str) -> str:
        """The absolute URL of "Condition?patient=1"."""
        return f"{self.url}/{relative}"

    def page(self, link: str) -> str:
        """The absolute URL of a link from a Bundle. Raises FetchError unless it lies inside this base."""
        # a link may be any text: urljoin drops control characters and spaces, and refuses odd brackets
        is_plain = len(link) <= _LONGEST and link.isprintable() and " " not in link
        found = _PAGE.fullmatch(self._absolute(link)) if is_plain else None
        if found is None or _authority(found) != (self.scheme, self.host, self.port):
            raise FetchError(Outcome.FOREIGN_PAGE)
        path = found["path"]
        inside = path == self.path or path.startswith(f"{self.path}/")
        if not inside or not _has_no_dots(path):
            raise FetchError(Outcome.FOREIGN_PAGE)
        return f"{self.origin}{path}" + (f"?{found['query']}" if found["query"] else "")

    def contains(self, url: str) -> bool:
        try:
            return self.page(url) == url
        except FetchError:
            return False

    def _absolute(self, link: str) -> str:
        try:
            return urljoin(f"{self.url}/", link)
        except ValueError:
            return ""


def read_base(text: str) -> Base:
    """ "HTTPS://EHR.example:443/fhir/" -> the same Base as "https://ehr.example/fhir". Raises BaseError."""
    found = _BASE.fullmatch(text)
    if found is None or len(text) > _LONGEST:
        raise BaseError("must be https://host[:port][/path], without user, query or fragment")
    scheme, host, port = _authority(found)
    if not _is_host(host):
        raise BaseError("must name its host in full, or as a plain IP address")
    path = found["path"].removesuffix("/")
    if "//" in f"{path}/" or not _has_no_dots(path):
        raise BaseError("must have a path without empty or dot segments")
    if not 0 < port < 65536:
        raise BaseError("must have a port from 1 to 65535")
    return Base(scheme, host, port, path)


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _authority(found: re.Match[str]) -> tuple[str, str, int]:
    scheme = found["scheme"].lower()
    return scheme, found["host"].lower().strip("[]"), int(found["port"] or _PORTS[scheme])


def _is_host(host: str) -> bool:
    """Resolvers read 127.1, 0x7f.1 and 2130706433 as addresses, so what ends in a digit's label must be a plain one."""
    labels = host.split(".")
    if ":" in host or labels[-1][:1].isdigit():
        return literal_address(host) is not None
    return all(label and label[0] != "-" and label[-1] != "-" for label in labels)


def _has_no_dots(path: str) -> bool:
    return not {".", ".."} & set(path.split("/"))
