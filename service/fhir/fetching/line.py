"""The sockets of one call: opened to checked addresses only, and all cut at once when the time is over."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock

from service.fhir.fetching.deadline import Deadline


class Line:
    """Timeouts of sockets start anew with every byte, so a server that drips is stopped from outside: `cut`."""

    def __init__(self, addresses: Sequence[str], port: int, deadline: Deadline) -> None:
        self._addresses = addresses
        self._port = port
        self._deadline = deadline
        self._lock = Lock()
        self._held: list[socket.socket] = []
        self._is_over = False

    def open(self) -> socket.socket:
        """A connection to the first address that accepts one; TimeoutError or another OSError when none does."""
        failure: OSError = TimeoutError()
        for number, address in enumerate(self._addresses):
            left = self._deadline.left / (len(self._addresses) - number)
            if not left:
                break
            try:
                return self._prepared(socket.create_connection((address, self._port), timeout=left))
            except OSError as error:
                failure = error
        raise failure

    def cut(self) -> None:
        """Ends every connection, whatever a thread is waiting for on it: connecting, TLS, headers or a body."""
        with self._lock:
            self._is_over = True
            for held in self._held:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)
                held.close()
            self._held.clear()

    def _prepared(self, opened: socket.socket) -> socket.socket:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            if self._is_over or not self._deadline.left:
                opened.close()
                raise TimeoutError
            opened.settimeout(self._deadline.left)
            # a second handle on the same connection: TLS takes the first one away
            self._held.append(opened.dup())
        return opened
