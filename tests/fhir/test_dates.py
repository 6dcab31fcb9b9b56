"""Moments: what FHIR dates mean and which are surely later."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from service.fhir.dates import moment, span
from service.fhir.moments import Moment, until

BERLIN = ZoneInfo("Europe/Berlin")
HONOLULU = ZoneInfo("Pacific/Honolulu")


def at(text: str, zone: ZoneInfo = BERLIN) -> Moment:
    found = moment(text, zone)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-02-03", date(2026, 2, 3), date(2026, 2, 3)),
        (" 2026-02-03 ", date(2026, 2, 3), date(2026, 2, 3)),
        ("2026-02-03T10:00:00Z", date(2026, 2, 3), date(2026, 2, 3)),
        ("2026-02-03T10:00", date(2026, 2, 3), date(2026, 2, 3)),
        ("2026-02-03T10:00:00.123456789+01:00", date(2026, 2, 3), date(2026, 2, 3)),
        ("2026-02-03T24:00:00+01:00", date(2026, 2, 4), date(2026, 2, 4)),
        ("2026-02-03T23:59:60+01:00", date(2026, 2, 4), date(2026, 2, 4)),
        ("2026-02-03T10:00:00+14:00", date(2026, 2, 2), date(2026, 2, 2)),
    ],
)
def test_it_reads_every_precision_as_the_stretch_it_leaves_open(text: str, first: date, last: date) -> None:
    assert (at(text).on, at(text).last) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-13", "2026-02-30", "2026-02-03T25:00:00Z", "20260203", "2026-W05-1"]
)
def test_it_reads_nothing_from_what_is_no_date(text: str) -> None:
    assert moment(text, BERLIN) is None


def test_it_takes_a_time_without_zone_in_the_clients_zone() -> None:
    assert at("2026-02-03T10:00:00").start == at("2026-02-03T10:00:00+01:00").start
    assert at("2026-02-03T10:00:00", HONOLULU).start == at("2026-02-03T21:00:00+01:00").start


def test_it_orders_times_of_one_day_and_leaves_a_whole_day_open() -> None:
    morning, noon, whole = at("2026-02-03T08:00:00Z"), at("2026-02-03T12:00:00Z"), at("2026-02-03")
    assert noon.surely_after(morning)
    assert not morning.surely_after(noon)
    assert not whole.surely_after(morning)
    assert not noon.surely_after(whole)
    assert at("2026-02-04").surely_after(whole)


def test_it_takes_the_only_side_of_a_period() -> None:
    assert span("2026-02-03", None, BERLIN) == at("2026-02-03")
    assert span(None, "2026-02-03", BERLIN) == at("2026-02-03")
    assert span("2026-02-05", "2026-02-03", BERLIN) is None
    whole = span("2026-02-01", "2026-02-03", BERLIN)
    assert whole is not None
    assert (whole.on, whole.last) == (date(2026, 2, 1), date(2026, 2, 3))


def test_it_lasts_until_today() -> None:
    lasting = until(at("2025-01-01"), date(2026, 2, 3), BERLIN)
    assert not at("2026-02-03T10:00:00Z").surely_after(lasting)
    assert lasting.on == date(2025, 1, 1)
    since_ever = until(None, date(2026, 2, 3), BERLIN)
    assert since_ever.on == date(2026, 2, 3)
    assert not since_ever.surely_after(at("2020"))
