"""Feedback is read leniently and refused whole when an item cannot be understood."""

from __future__ import annotations

import json as plain
from datetime import UTC, datetime
from typing import Any

import pytest
from rich.pretty import pretty_repr

from cds_hooks.feedback import read_feedback
from cds_hooks.json import BadJsonError, decode, encode
from cds_hooks.models import FeedbackItem

ITEM: dict[str, Any] = {"card": "c-1", "outcome": "accepted", "outcomeTimestamp": "2026-11-01T10:00:00Z"}


def read(*items: dict[str, Any]) -> tuple[FeedbackItem, ...]:
    return read_feedback(plain.dumps({"feedback": items, "unknown": 1}).encode())


def test_it_reads_mixed_items() -> None:
    accepted, overridden = read(
        ITEM | {"acceptedSuggestions": [{"id": "s-1", "x": 1}]},
        ITEM | {"outcome": "overridden", "overrideReason": {"reason": {"code": "r"}, "userComment": "no"}},
    )
    assert accepted.suggestions == ("s-1",)
    assert overridden.override_reason is not None
    assert overridden.override_reason.reason is not None
    assert (overridden.override_reason.reason.code, overridden.override_reason.reason.display) == ("r", None)
    assert overridden.override_reason.user_comment == "no"


def test_it_takes_accepted_without_suggestions() -> None:
    assert read(ITEM)[0].suggestions == ()


def test_it_takes_a_reason_in_words_alone() -> None:
    (item,) = read(ITEM | {"outcome": "overridden", "overrideReason": {"reason": {"display": "not today"}}})
    assert item.override_reason is not None
    assert item.override_reason.reason is not None
    assert (item.override_reason.reason.code, item.override_reason.reason.display) == (None, "not today")


def test_it_takes_an_empty_report() -> None:
    assert read() == ()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1985-04-12T23:20:50.52Z", datetime(1985, 4, 12, 23, 20, 50, 520_000, tzinfo=UTC)),
        ("2026-11-01T11:00:00+01:00", datetime(2026, 11, 1, 10, tzinfo=UTC)),
        ("2026-11-01T10:00:00.123456789Z", datetime(2026, 11, 1, 10, 0, 0, 123_456, tzinfo=UTC)),
    ],
)
def test_it_reads_the_moment_in_utc(text: str, moment: datetime) -> None:
    assert read(ITEM | {"outcomeTimestamp": text})[0].at == moment


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"card": " "}, "$.feedback[1].card"),
        ({"card": None}, "$.feedback[1].card"),
        ({"outcome": "ignored"}, "$.feedback[1].outcome"),
        ({"outcomeTimestamp": "yesterday"}, "$.feedback[1].outcomeTimestamp"),
        ({"outcomeTimestamp": "2026-11-01T10:00:00"}, "$.feedback[1].outcomeTimestamp"),
        ({"outcomeTimestamp": "0001-01-01T00:00:00+14:00"}, "$.feedback[1].outcomeTimestamp"),
        ({"acceptedSuggestions": [{}]}, "$.feedback[1].acceptedSuggestions[0]"),
        ({"overrideReason": {"reason": "x"}}, "$.feedback[1].overrideReason.reason"),
    ],
)
def test_it_refuses_the_whole_report_for_one_item(change: dict[str, Any], place: str) -> None:
    with pytest.raises(BadJsonError) as caught:
        read(ITEM, ITEM | change)
    assert caught.value.place == place


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"feedback": {}}', b'{"feedback": [1]}'])
def test_it_refuses_what_is_no_report(body: bytes) -> None:
    with pytest.raises(BadJsonError):
        read_feedback(body)


def test_it_keeps_an_item_whole_when_written_and_read() -> None:
    (item,) = read(ITEM | {"overrideReason": {"reason": {"code": "r", "system": "s"}}})
    assert decode(encode(item), FeedbackItem) == item


def test_it_does_not_show_comments() -> None:
    (item,) = read(ITEM | {"overrideReason": {"userComment": "SECRET"}})
    assert "SECRET" not in repr(item) + pretty_repr(item)
