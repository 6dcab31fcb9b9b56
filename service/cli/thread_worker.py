"""gunicorn's thread worker: it frees its port as soon as it stops, and does not outlive the main process.

Knows nothing of the application.
"""

from __future__ import annotations

import os
import signal
from threading import Thread
from time import sleep

from gunicorn.workers.gthread import ThreadWorker

ORPHAN_SECONDS = 5
"""for calls in hand after the main process was killed; then the system ends the worker, whatever it is doing"""
_LOOK_SECONDS = 0.5


class Worker(ThreadWorker):
    """gunicorn's own worker notices that its main process is gone and drains; but it goes on answering for half a
    minute on connections that are reused, and lets new ones wait at a port that nobody serves any more.
    """

    def init_process(self) -> None:
        """Loads the application, then works; ends only when the worker does."""
        Thread(target=self._watch_the_start, name="start", daemon=True).start()
        super().init_process()

    def _watch_the_start(self) -> None:
        """A worker that still loads looks after nothing, and has the port open."""
        while not self.booted:
            if self.ppid != os.getppid():
                os._exit(1)
            sleep(_LOOK_SECONDS)

    def is_parent_alive(self) -> bool:
        """Asked once a second by the worker's loop, which ends when it is false."""
        if super().is_parent_alive():
            return True
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(ORPHAN_SECONDS)
        self.alive = False  # every further answer says "Connection: close"
        return False

    def set_accept_enabled(self, enabled: bool | None) -> None:
        """A worker that stops closes its side of the port, so that callers try elsewhere and do not wait for it."""
        super().set_accept_enabled(enabled)
        if not (enabled or self.alive):
            for listener in self.sockets:
                listener.close()
