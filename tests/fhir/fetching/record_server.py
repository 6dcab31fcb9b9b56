"""A FHIR server on loopback with real sockets, whose answers a test scripts; it remembers what it was asked."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit


class Exchange(BaseHTTPRequestHandler):
    """One request. A script calls `answer`, or writes to `wfile` itself."""

    protocol_version = "HTTP/1.1"
    server: RecordServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers))
        self.close_connection = True
        try:
            self.server.script(self)
        except OSError:
            return

    def answer(self, body: Any, status: int = 200, **headers: str) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content_Type": "application/fhir+json", "Content_Length": str(len(content))}.items():
            self.send_header(name.replace("_", "-"), headers.pop(name, value))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def begin(self, **headers: str) -> None:
        """The head of an answer without a length: the body lasts until the connection ends."""
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    @property
    def kind(self) -> str:
        return urlsplit(self.path).path.split("/")[2]

    def log_message(self, *_: Any) -> None:
        """Nothing."""


Script = Callable[[Exchange], None]


class RecordServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.script = script
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.over = Event()
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/fhir"

    @property
    def tokens(self) -> set[str]:
        return {headers.get("Authorization", "") for headers in self.headers}

    def stop(self) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is what these tests are about."""


def bundle(*resources: dict[str, Any], following: str = "") -> dict[str, Any]:
    links = [{"relation": "next", "url": following}] if following else []
    entries = [{"resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "searchset", "link": links, "entry": entries}


def resource(kind: str, number: int | str = 1, patient: str = "p1") -> dict[str, Any]:
    if kind == "Patient":
        return {"resourceType": "Patient", "id": patient, "birthDate": "1960-02-03", "gender": "male"}
    return {"resourceType": kind, "id": f"{kind}-{number}".lower(), "subject": {"reference": f"Patient/{patient}"}}


def usual(exchange: Exchange) -> None:
    """One resource for every search, the patient for the read."""
    found = resource(exchange.kind)
    exchange.answer(found if exchange.kind == "Patient" else bundle(found))


def silent(exchange: Exchange) -> None:
    """No answer while the test lasts."""
    exchange.server.over.wait(10)
