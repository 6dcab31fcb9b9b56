"""Signed snapshots of the thresholds file: what was sealed opens, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.thresholds.snapshot import Snapshot, SnapshotError, opened, sealed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY, PLACE = b"k" * 32, "https://cds.example"
CONTENT = b"arterial-liver.max_bilirubin: 1.8\n"
KEPT = sealed(Snapshot(CONTENT, NOW), PLACE, KEY)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_it_opens_what_was_sealed(content: bytes, place: str) -> None:
    assert opened(sealed(Snapshot(content, NOW), place, KEY), place, NOW, KEY) == Snapshot(content, NOW)


def _is_refused(kept: bytes) -> bool:
    try:
        opened(kept, PLACE, NOW, KEY)
    except SnapshotError:
        return True
    return False


def test_102_it_refuses_every_bit_that_is_flipped() -> None:
    for bit in range(len(KEPT) * 8):
        changed = bytearray(KEPT)
        changed[bit // 8] ^= 1 << bit % 8
        assert _is_refused(bytes(changed)), bit


def test_102_it_refuses_what_is_cut_short() -> None:
    assert [length for length in range(len(KEPT)) if not _is_refused(KEPT[:length])] == []


@given(st.binary(max_size=300))
def test_102_it_refuses_anything_else(kept: bytes) -> None:
    assert _is_refused(kept)


@pytest.mark.parametrize(
    ("place", "key", "now", "why"),
    [
        (PLACE, b"o" * 32, NOW, "another key"),
        ("https://other.example", KEY, NOW, "another installation"),
        (PLACE, KEY, NOW - timedelta(minutes=6), "from the future"),
    ],
)
def test_102_it_refuses_another_keys_anothers_and_the_futures(place: str, key: bytes, now: datetime, why: str) -> None:
    with pytest.raises(SnapshotError, match=why):
        opened(KEPT, place, now, key)


def test_it_allows_for_clocks_that_differ_a_little() -> None:
    assert opened(KEPT, PLACE, NOW - timedelta(minutes=4), KEY).read_at == NOW
