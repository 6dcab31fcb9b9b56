"""Dates of a request move by whole days, nothing else changes."""

from __future__ import annotations

from service.replay.shift import shifted


def test_it_moves_dates_and_date_times() -> None:
    body = b'{"a": "2026-11-01", "b": "2026-11-01T08:00:00Z", "c": ["2026-12-31"]}'
    assert shifted(body, 1) == b'{"a": "2026-11-02", "b": "2026-11-02T08:00:00Z", "c": ["2027-01-01"]}'


def test_it_leaves_what_is_no_whole_date() -> None:
    body = b'{"a": "2026-11", "b": "2026", "c": "x 2026-11-01", "d": "2026-13-40", "e": "2026-11-01-7"}'
    assert shifted(body, 5) == body


def test_it_changes_nothing_by_no_days() -> None:
    assert shifted(b'{"a": "2026-11-01"}', 0) == b'{"a": "2026-11-01"}'


def test_it_keeps_dates_that_would_leave_the_calendar() -> None:
    assert shifted(b'"9999-12-31"', 1) == b'"9999-12-31"'
