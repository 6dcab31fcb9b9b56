"""Links to the explanation page: signed, ending, the same for a repeated call, and never the reason to lose a card."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.records.storage import StorageUnavailableError
from service.web.explain.links import BadLinkError, ExpiredLinkError, ExplainLinks, Pointed

NOW = datetime(2026, 11, 22, 12, 10, tzinfo=UTC)
KEY = b"k" * 32


def _links(base: str = "https://cds.example/", hours: int = 72, key: bytes = KEY) -> ExplainLinks:
    return ExplainLinks(base, lambda: key, timedelta(hours=hours))


def _no_key() -> bytes:
    raise StorageUnavailableError("patient key")


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 71 * 60))
def test_it_reads_what_it_wrote_until_it_ends(card: str, client: str, minutes: int) -> None:
    links = _links()
    pointed = links.read(links.token(card, client, NOW), NOW + timedelta(minutes=minutes))
    assert (pointed.card, pointed.client) == (card, client)
    assert timedelta(hours=72) <= pointed.until - NOW < timedelta(hours=73)


def test_it_gives_the_same_link_to_a_call_repeated_within_the_hour() -> None:
    one, two = (_links().links("c", "ward", NOW + timedelta(minutes=later)) for later in (0, 40))
    assert one == two
    assert one[0].url.startswith("https://cds.example/explain/")
    assert one[0].type == "absolute"


def test_it_ends() -> None:
    links = _links(hours=1)
    token = links.token("c", "ward", NOW)
    assert links.read(token, NOW + timedelta(minutes=109)).card == "c"
    with pytest.raises(ExpiredLinkError):
        links.read(token, NOW + timedelta(minutes=110))


def _tampered() -> list[str]:
    token = _links().token("c", "ward", NOW)
    content, signature = token.rsplit(".", 1)
    return [
        "", ".", "x", content, f"{content}.", f".{signature}", token + "x", token[:-3], "A" + token,
        f"{content}.{'A' * 43}",
        _links(key=b"other" * 8).token("c", "ward", NOW), token.swapcase(), "\u00e4", "x" * 10_000,
    ]  # fmt: skip


@pytest.mark.parametrize("token", _tampered(), ids=range(14))
def test_it_believes_no_other_token(token: str) -> None:
    with pytest.raises(BadLinkError):
        _links().read(token, NOW)


@pytest.mark.parametrize("base", ["", "http://cds.example", "cds.example"])
def test_it_makes_no_link_that_a_card_may_not_carry(base: str) -> None:
    assert _links(base).links("c", "ward", NOW) == ()


def test_it_makes_no_link_when_told_so() -> None:
    assert _links(hours=0).links("c", "ward", NOW) == ()


def test_it_loses_no_card_for_want_of_a_key() -> None:
    assert ExplainLinks("https://cds.example", _no_key, timedelta(hours=1)).links("c", "ward", NOW) == ()


def test_it_asks_for_the_key_once() -> None:
    asked: list[int] = []
    links = ExplainLinks("https://cds.example", lambda: asked.append(1) or KEY, timedelta(hours=1))
    for _ in range(3):
        links.links("c", "ward", NOW)
    assert asked == [1]


def test_it_knows_a_fresh_link() -> None:
    links = _links()
    pointed = links.read(links.token("c", "ward", NOW), NOW)
    assert links.is_fresh(pointed, NOW)
    assert not links.is_fresh(pointed, NOW + timedelta(hours=2))
    assert isinstance(pointed, Pointed)
