"""What every answer carries and which hosts are answered for, whatever route it is."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.sansio.utils import host_is_trusted

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
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def secure(app: Flask, base_url: str, trusted_hosts: Sequence[str]) -> None:
    """Adds headers to every answer and refuses foreign hosts. A page may set stricter or wider headers of its own.

    trusted_hosts  names without port, ".example.org" for all below; the host of `base_url` if empty. Loopback always.
    """
    own = [host] if (host := urlsplit(base_url).hostname) else []
    trusted = [*(trusted_hosts or own), *_LOOPBACK]
    headers = HEADERS | ({"Strict-Transport-Security": HSTS} if base_url.startswith("https://") else {})

    @app.before_request
    def check_host() -> None:
        if request.path not in PROBES and not host_is_trusted(request.headers.get("Host", ""), trusted):
            raise UnknownHostError

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
