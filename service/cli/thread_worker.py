"""gunicorn's thread worker, made not to outlive the main process. Knows nothing of the application."""

from __future__ import annotations

import signal

from gunicorn.workers.gthread import ThreadWorker

ORPHAN_SECONDS = 5
"""for calls in hand after the main process was killed; then the system ends the worker, whatever it is doing"""


class Worker(ThreadWorker):
    """Nobody replaces, reloads or stops a worker without its main process, and the port stays taken.

    gunicorn's own worker notices and drains, but meanwhile answers for half a minute on connections that are reused.
    """

    def is_parent_alive(self) -> bool:
        """Asked once a second by the worker's loop, which ends when it is false."""
        if super().is_parent_alive():
            return True
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(ORPHAN_SECONDS)
        self.alive = False  # every further answer says "Connection: close"
        self.set_accept_enabled(False)
        for listener in self.sockets:
            listener.close()  # so that callers are told at once, and a new main process can have the port
        return False
