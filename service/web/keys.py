"""The public keys of one client: registered ones, and those of its registered addresses, kept for a while.

Keys are looked up within the client alone, so equal key ids of two clients never meet. Fetches run in a thread of their
own; a call waits for one only when the key it names is not at hand.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Condition, Thread
from typing import Any

from service.client_profiles.jwk import problem_of
from service.fhir.fetching.deadline import Clock
from service.web.key_fetch import SECONDS, FetchKeys, KeyFetchError

FRESH_SECONDS = 600.0
"""after which a set is fetched again, while the old one still serves"""
TRUSTED_SECONDS = 3600.0
"""after which a call waits for the new set, so that a key that was withdrawn is not believed once more"""
STALE_SECONDS = 86_400.0
"""how long keys serve after the last good fetch: a key server that is away for a day stops nobody"""
PAUSE_SECONDS = 60.0
"""between two fetches of one address, whatever was asked for and whatever came"""
MOST_KEYS = 32

Key = Mapping[str, Any]
_log = logging.getLogger(__name__)


class KeySet:
    """The keys of one address. `clock`: monotonic seconds."""

    def __init__(self, client: str, fetch: FetchKeys, clock: Clock) -> None:
        self._client = client
        self._fetch = fetch
        self._clock = clock
        self._changed = Condition()
        self._keys: Mapping[str, Key] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._is_fetching = False
        self._is_down = False

    def find(self, key_id: str) -> Key | None:
        """The key by that id; an unknown id asks the address once a minute, and waits for the answer."""
        with self._changed:
            is_known = key_id in self._current()
            if not is_known or self._age() > FRESH_SECONDS:
                self._start()
            if not is_known or (self._age() > TRUSTED_SECONDS and not self._is_down):
                self._changed.wait_for(lambda: not self._is_fetching, SECONDS)
            return self._current().get(key_id)

    def _current(self) -> Mapping[str, Key]:
        return self._keys if self._age() <= STALE_SECONDS else {}

    def _age(self) -> float:
        return float("inf") if self._fetched_at is None else self._clock() - self._fetched_at

    def _start(self) -> None:
        now = self._clock()
        if self._is_fetching or (self._tried_at is not None and now - self._tried_at < PAUSE_SECONDS):
            return
        self._tried_at, self._is_fetching = now, True
        Thread(target=self._refresh, name=f"keys of {self._client}", daemon=True).start()

    def _refresh(self) -> None:
        keys: Mapping[str, Key] | None = None
        try:
            keys = read_keys(self._fetch())
        except KeyFetchError as error:
            _log.error("keys of client %s could not be fetched: %s", self._client, error)
        finally:
            # whatever happened, nobody waits for longer; without new keys the old ones stay
            with self._changed:
                if keys:
                    self._keys, self._fetched_at = keys, self._clock()
                self._is_fetching, self._is_down = False, not keys
                self._changed.notify_all()


class ClientKeys:
    """All keys of one client. `inline`: agreed out of band; `sets`: by the exact addresses registered."""

    def __init__(self, inline: Iterable[Key], sets: Mapping[str, KeySet]) -> None:
        self._inline = {str(key["kid"]): key for key in inline}
        self._sets = sets

    def find(self, key_id: str, jku: str | None) -> Key | None:
        """The key for a token. Without `jku` every registered address may have it; another `jku` has none."""
        if key_id in self._inline:
            return self._inline[key_id]
        if jku is not None:
            return self._sets[jku].find(key_id) if jku in self._sets else None
        found = (keys.find(key_id) for keys in self._sets.values())
        return next((key for key in found if key is not None), None)


def read_keys(document: bytes) -> Mapping[str, Key]:
    """The usable public keys of a JSON Web Key set by their id. Raises KeyFetchError for anything without one.

    Keys of the same id are left out together: which one was meant nobody can tell.
    """
    try:
        listed = json.loads(document)["keys"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise KeyFetchError("not a key set") from None
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        raise KeyFetchError("not a key set of a usable size")
    usable = [key for key in listed if isinstance(key, dict) and not problem_of(key)]
    times = Counter(key["kid"] for key in usable)
    keys = {key["kid"]: key for key in usable if times[key["kid"]] == 1}
    if not keys:
        raise KeyFetchError("no usable key")
    return keys
