"""An order-entry screen that calls without a pause, and remembers what came back."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic

import requests

from tests.web.requests import SELECT, hook_request


class Caller:
    """Calls without a pause for as long as the `with` block lasts, on one connection or a new one each time."""

    def __init__(self, url: str, *, reuses: bool, verify: str | bool = True) -> None:
        self._url, self._reuses, self._verify = url, reuses, verify
        self._stop = Event()
        self._thread = Thread(target=self._work, daemon=True)
        self.statuses: list[int] = []
        self.cut = 0
        self.answered_at = 0.0

    def __enter__(self) -> Caller:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        with requests.Session() as session:
            while not self._stop.wait(0.02):
                try:
                    post = session.post if self._reuses else requests.post
                    answer = post(self._url + SELECT, json=hook_request(), timeout=60, verify=self._verify)
                except requests.RequestException:
                    self.cut += 1
                else:
                    self.statuses.append(answer.status_code)
                    self.answered_at = monotonic()
