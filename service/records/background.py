"""A thread that lives while there is work, in whichever process the work arises. Knows nothing of records.

Nothing is started before the first call: a server may load the application in one process and fork others from it.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic

from cds_hooks.dispatch import Caught

_IDLE_SECONDS = 15.0
_STOP_SECONDS = 3.0
_AFTER_FAILURE_SECONDS = 1.0


class Background:
    """Runs `step` again and again, each time after as many seconds as the step before asked for.

    has_work  keeps the thread alive although nobody called for a while
    finish    runs when the process ends
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], float],
        has_work: Callable[[], bool],
        finish: Callable[[], None] = lambda: None,
    ) -> None:
        self._name, self._step, self._has_work, self._finish = name, step, has_work, finish
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        self._called = 0.0

    def call(self) -> None:
        """There may be work: starts the thread unless it runs. Takes no time and never fails."""
        with self._lock:
            self._called = monotonic()
            if self._thread is not None or self._stop.is_set():
                return
            self._thread = Thread(target=self._run, name=self._name, daemon=True)
            try:
                self._thread.start()
            except RuntimeError:
                # no thread is to be had now; the next call tries again
                self._thread = None
                return
            atexit.register(self.stop)

    def stop(self) -> None:
        """Ends the thread after its step, then finishes. For the end of the process."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join(_STOP_SECONDS)
        self._finish()

    def _run(self) -> None:
        pause = 0.0
        while not self._stop.wait(pause) and not self._is_over():
            with Caught(self._name) as caught:
                pause = self._step()
            if caught.error:
                pause = _AFTER_FAILURE_SECONDS

    def _is_over(self) -> bool:
        with self._lock:
            if monotonic() - self._called < _IDLE_SECONDS or self._has_work():
                return False
            self._thread = None
            atexit.unregister(self.stop)
            return True
