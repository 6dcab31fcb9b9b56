"""Requests on the wire whose length can be read in two ways, and what a server may make of them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.web.requests import SELECT, hook_request

BODY = json.dumps(hook_request()).encode()
LENGTH = f"Content-Length: {len(BODY)}"
CHUNKED = "Transfer-Encoding: chunked"
_SIZE = b"%x" % len(BODY)


@dataclass(frozen=True)
class Case:
    """`lines` are header lines after the usual ones, `body` what follows the head; then comes a second request.
    `proxy_mends`: HAProxy may make one clean request of the first."""

    name: str
    lines: tuple[str, ...]
    body: bytes = BODY
    version: str = "1.1"
    end: str = "\r\n"
    proxy_mends: bool = False

    def wire(self, first: str, second: str) -> bytes:
        """`first` and `second` are the ids of the two requests."""
        return self.head(first) + self.body + hidden(second)

    def head(self, first: str) -> bytes:
        usual = ("Host: localhost", "Content-Type: application/json", f"X-Request-Id: {first}")
        return self.end.join((f"POST {SELECT} HTTP/{self.version}", *usual, *self.lines, "", "")).encode("latin-1")


def hidden(request_id: str) -> bytes:
    return f"GET /cds-services HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: {request_id}\r\n\r\n".encode()


def _chunks(size: bytes, end: bytes = b"\r\n", last: bytes = b"0\r\n\r\n") -> bytes:
    return size + end + BODY + end + last


WHOLE = _chunks(_SIZE)
_LENGTHS = (
    ("lengths that differ", LENGTH, "Content-Length: 0"),
    ("a list of lengths that differ", f"Content-Length: {len(BODY)}, 0"),
    ("a length with a plus", f"Content-Length: +{len(BODY)}"),
    ("a length below nothing", "Content-Length: -1"),
    ("a length in hexadecimal", f"Content-Length: 0x{len(BODY):x}"),
    ("a length with an underscore", "Content-Length: 1_0"),
    ("a length in two parts", "Content-Length: 1 0"),
    ("a length that is not there", "Content-Length:"),
    ("a blank before the colon of the length", f"Content-Length : {len(BODY)}"),
    ("a bare CR before an encoding", f"X: y\r{CHUNKED}", LENGTH),
    ("a bare LF before an encoding", f"X: y\n{CHUNKED}", LENGTH),
    ("two hosts", "Host: evil.example", LENGTH),
    ("an error before the next request", "Bad Header: x", LENGTH),
)
_ENCODINGS = (
    ("two encodings", CHUNKED, "Transfer-Encoding: identity"),
    ("a list of encodings", "Transfer-Encoding: chunked, identity"),
    ("chunked twice", "Transfer-Encoding: chunked, chunked"),
    ("a blank before the colon", "Transfer-Encoding : chunked"),
    ("a blank before the colon, and a length", "Transfer-Encoding : chunked", LENGTH),
    ("xchunked", "Transfer-Encoding: xchunked"),
    ("a vertical tab", "Transfer-Encoding: \x0bchunked"),
    ("a NUL", "Transfer-Encoding: chunked\x00"),
    ("quotes", 'Transfer-Encoding: "chunked"'),
)
_SIZES = (b"zz", b"0x" + _SIZE, b"+" + _SIZE, b"-1", b"1_0", b"", _SIZE + b";a\nb", _SIZE + b";a\rb", _SIZE + b" 1")
REFUSED = (
    Case("a length and chunks, chunks shorter (CL.TE)", (LENGTH, CHUNKED), b"0\r\n\r\n", proxy_mends=True),
    Case("chunks and a length, length shorter (TE.CL)", (CHUNKED, "Content-Length: 4"), WHOLE, proxy_mends=True),
    *(Case(name, tuple(lines)) for name, *lines in _LENGTHS),
    *(Case(name, tuple(lines), WHOLE) for name, *lines in _ENCODINGS),
    *(Case(f"chunk size {size!r}", (CHUNKED,), _chunks(size)) for size in _SIZES),
    Case("a chunk longer than it says", (CHUNKED,), _chunks(b"%x" % (len(BODY) - 5))),
    Case("a chunk without its end", (CHUNKED,), _SIZE + b"\r\n" + BODY + b"0\r\n\r\n"),
    Case("a trailer that is no header", (CHUNKED,), _chunks(_SIZE, last=b"0\r\nX T\r\n\r\n")),
    Case("chunks in HTTP/1.0", (CHUNKED,), WHOLE, version="1.0"),
    Case("chunks and a length in HTTP/1.0", (CHUNKED, f"Content-Length: {len(WHOLE)}"), WHOLE, version="1.0"),
    Case("HTTP/2.0 without HTTP/2", (LENGTH,), version="2.0", proxy_mends=True),
    Case("a version of three parts", (LENGTH,), version="1.1.1"),
    Case("lines that end with LF alone", (LENGTH,), end="\n", proxy_mends=True),
    Case("chunks that end with LF alone", (CHUNKED,), _chunks(_SIZE, b"\n", b"0\n\n"), proxy_mends=True),
    Case("a folded line", ("X: y", " folded", LENGTH), proxy_mends=True),
    Case("a folded encoding", ("Transfer-Encoding:", " chunked"), WHOLE, proxy_mends=True),
    Case("an encoding folded into a header", (" Transfer-Encoding: chunked", LENGTH), proxy_mends=True),
    Case("the same length twice", (LENGTH, LENGTH), proxy_mends=True),
    Case("a list of the same length", (f"Content-Length: {len(BODY)}, {len(BODY)}",), proxy_mends=True),
    Case("a NUL in a header", ("X: a\x00b", LENGTH), proxy_mends=True),
)
"""Refused, and the connection closed. What HAProxy may mend reaches the service as a clean request, or not at all."""

GOOD = (
    Case("a length", (LENGTH,)),
    Case("chunks", (CHUNKED,), WHOLE),
    Case("CHUNKED", ("Transfer-Encoding: CHUNKED",), WHOLE),
    Case("a tab before the encoding", ("Transfer-Encoding:\tchunked",), WHOLE),
    Case("a chunk extension", (CHUNKED,), _chunks(_SIZE + b";a=b")),
    Case("a trailer", (CHUNKED,), _chunks(_SIZE, last=b"0\r\nX-T: y\r\n\r\n")),
    Case("an encoding with an underscore", ("Transfer_Encoding: chunked", LENGTH)),
)
"""Two requests on one connection, both answered."""

CUT = (
    Case("before the last chunk", (CHUNKED,), _SIZE + b"\r\n" + BODY + b"\r\n"),
    Case("within the last chunk", (CHUNKED,), _SIZE + b"\r\n" + BODY + b"\r\n0\r\n"),
    Case("within a chunk", (CHUNKED,), b"ffff\r\n" + BODY),
    Case("within a length", (f"Content-Length: {len(BODY) + 1}",)),
)
"""Requests that end before they are whole: never judged."""
