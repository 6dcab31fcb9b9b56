"""What every answer carries and which hosts are answered for, whatever route it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, request

from service.web.errors import UnknownHostError

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000"
PROBES = frozenset({"/livez", "/readyz", "/metrics"})
"""Asked by address, by orchestrators that know no name; they tell nothing of a patient and repeat nothing."""
# with its port; werkzeug's own check knows no IPv6 address
_HOST = re.compile(r"(?P<name>[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?", re.ASCII)
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def secure(app: Flask, base_url: str, trusted_hosts: Sequence[str]) -> None:
    """Adds headers to every answer and refuses foreign hosts. A page may set stricter or wider headers of its own.

    trusted_hosts  names without port, ".example.org" for all below; the host of `base_url` if empty. Loopback always.
    """
    own = [host] if (host := urlsplit(base_url).hostname) else []
    trusted = [name.lower() for name in (*(trusted_hosts or own), *_LOOPBACK)]
    headers = HEADERS | ({"Strict-Transport-Security": HSTS} if base_url.startswith("https://") else {})

    @app.before_request
    def check_host() -> None:
        if request.path not in PROBES and not _is_trusted(request.headers.get("Host", ""), trusted):
            raise UnknownHostError

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response


def _is_trusted(host: str, trusted: Sequence[str]) -> bool:
    found = _HOST.fullmatch(host.lower())
    return found is not None and any(_is_within(found["name"], name) for name in trusted)


def _is_within(host: str, name: str) -> bool:
    return host == name or (name.startswith(".") and host.endswith(name))
