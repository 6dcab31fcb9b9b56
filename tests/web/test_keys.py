"""The keys of a client: looked up in their own place only, kept through outages, fetched seldom."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from service.web.key_fetch import KeyFetchError
from service.web.keys import (
    FRESH_SECONDS,
    MOST_KEYS,
    PAUSE_SECONDS,
    STALE_SECONDS,
    TRUSTED_SECONDS,
    ClientKeys,
    KeySet,
    read_keys,
)
from tests.web.key_server import new_key, public

OLD, NEW = public(new_key(), "old"), public(new_key(), "new")


class Place:
    """What stands at an address, by the second; `now` is the clock that the set is given."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.keys = list(keys)
        self.now = 1000.0
        self.times = 0
        self.is_down = False
        self.done = Event()
        self.set = KeySet("ward", self._fetch, lambda: self.now)

    def _fetch(self) -> bytes:
        self.times += 1
        if self.is_down:
            raise KeyFetchError("unreachable")
        return json.dumps({"keys": self.keys}).encode()

    def find(self, key_id: str, *, after: float = 0) -> bool:
        """Whether the key is found; a fetch that this starts has ended when it returns."""
        self.now += after
        found = self.set.find(key_id) is not None
        with self.set._changed:
            assert self.set._changed.wait_for(lambda: not self.set._is_fetching, 5)
        return found


def test_it_fetches_once_for_many_calls() -> None:
    place = Place(OLD)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: place.set.find("old") is not None, range(64)))
    assert place.times == 1


@pytest.mark.reliability(17)
def test_17_it_asks_once_a_minute_however_many_unknown_ids_come() -> None:
    place = Place(OLD)
    assert place.find("old")
    assert not any(place.find(f"random{number}", after=0.01) for number in range(2000))
    assert place.times == 1
    assert not place.find("random", after=PAUSE_SECONDS)
    assert place.times == 2


@pytest.mark.reliability(18)
def test_18_it_takes_a_new_key_within_a_minute() -> None:
    place = Place(OLD)
    assert place.find("old")
    place.keys = [OLD, NEW]
    assert not place.find("new", after=1)
    assert place.find("new", after=PAUSE_SECONDS)


@pytest.mark.reliability(18)
def test_18_it_forgets_a_withdrawn_key() -> None:
    place = Place(OLD)
    assert place.find("old")
    place.keys = [NEW]
    assert place.find("old", after=FRESH_SECONDS + 1)  # this call starts the fetch and does not wait
    assert not place.find("old")


@pytest.mark.reliability(18)
def test_18_it_believes_no_withdrawn_key_after_an_idle_hour() -> None:
    place = Place(OLD)
    assert place.find("old")
    place.keys = [NEW]
    assert not place.find("old", after=TRUSTED_SECONDS + 1)


@pytest.mark.reliability(16)
def test_16_it_keeps_keys_for_a_day_while_their_server_is_away() -> None:
    place = Place(OLD)
    assert place.find("old")
    place.is_down = True
    assert all(place.find("old", after=3600) for _ in range(24))
    assert not place.find("old", after=PAUSE_SECONDS)
    place.is_down = False
    assert place.find("old", after=PAUSE_SECONDS)


@pytest.mark.reliability(16)
def test_16_it_keeps_keys_through_bad_answers() -> None:
    place = Place(OLD)
    assert place.find("old")
    for keys in ([], [{**OLD, "kid": ""}], [public(new_key(), f"k{n}") for n in range(MOST_KEYS + 1)]):
        place.keys = keys
        place.find("old", after=FRESH_SECONDS + 1)
        assert place.find("old", after=1)


def test_it_ends_trust_in_the_end() -> None:
    place = Place(OLD)
    assert place.find("old")
    place.is_down = True
    assert not place.find("old", after=STALE_SECONDS + 1)


def _document(*keys: Any) -> bytes:
    return json.dumps({"keys": keys}).encode()


SMALL = json.loads(RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 1024).public_key())) | {"kid": "small"}
PRIVATE = {**OLD, "kid": "private", "d": "AAAA"}
SECRET = {"kty": "oct", "k": "c2VjcmV0", "kid": "secret"}


@pytest.mark.reliability(16)
@pytest.mark.parametrize(
    "document",
    [
        b"", b"<html>", b"[]", b"{}", b"null", b'{"keys": {}}', b"[" * 100_000, b"\xff", _document(),
        _document("x", 7, None), _document({**OLD, "kid": 7}), _document({**OLD, "use": "enc"}), _document(SMALL),
        _document(PRIVATE), _document(SECRET), _document(OLD, OLD), _document({**OLD, "x": "!"}),
        _document(*({**OLD, "kid": str(n)} for n in range(5000))),
    ],
)  # fmt: skip
def test_16_it_takes_nothing_from_a_bad_document(document: bytes) -> None:
    with pytest.raises(KeyFetchError):
        read_keys(document)


def test_it_takes_the_good_keys_of_a_mixed_document() -> None:
    twice = ({**OLD, "kid": "twice"}, {**NEW, "kid": "twice"})
    encryption = {**NEW, "kid": "old", "use": "enc"}
    assert read_keys(_document(SMALL, *twice, encryption, OLD, SECRET)) == {"old": OLD}


@pytest.fixture
def client() -> Callable[..., ClientKeys]:
    def make(*inline: dict[str, Any], **places: Place) -> ClientKeys:
        return ClientKeys(inline, {name: place.set for name, place in places.items()})

    return make


@pytest.mark.reliability(6)
def test_6_it_asks_no_address_that_is_not_registered(client: Callable[..., ClientKeys]) -> None:
    place = Place(OLD)
    assert client(a=place).find("old", "https://evil.example/jwks") is None
    assert place.times == 0


def test_it_looks_only_where_the_token_says(client: Callable[..., ClientKeys]) -> None:
    first, second = Place(OLD), Place(NEW)
    assert client(a=first, b=second).find("new", "a") is None
    assert second.times == 0


def test_it_finds_keys_agreed_out_of_band_without_asking(client: Callable[..., ClientKeys]) -> None:
    place = Place(OLD)
    keys = client(NEW, a=place)
    assert keys.find("new", "a") == NEW
    assert keys.find("new", None) == NEW
    assert place.times == 0


def test_it_looks_everywhere_for_a_token_without_an_address(client: Callable[..., ClientKeys]) -> None:
    assert client(a=Place(OLD), b=Place(NEW)).find("new", None) == NEW
