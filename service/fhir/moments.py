"""When something happened: stretches of time that may or may not be ordered. Knows no FHIR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo


@dataclass(frozen=True, slots=True)
class Moment:
    """From `start` up to and including `end`, both in UTC; `on` and `last` are their days in the client's zone.

    A date without a time is the whole day, "2026-11" the whole month: only what surely lies later is newer.
    """

    start: datetime
    end: datetime
    on: date
    last: date

    def surely_after(self, other: Moment) -> bool:
        return self.start > other.end


def until(first: Moment | None, today: date, zone: tzinfo) -> Moment:
    """From `first` until the end of today: what was found once and still holds, since ever if that is not told."""
    whole = whole_day(today, zone)
    if first is None or first.start > whole.end:
        return Moment(datetime.min.replace(tzinfo=UTC), whole.end, today, today)
    return Moment(first.start, whole.end, first.on, today)


def whole_day(day: date, zone: tzinfo) -> Moment:
    return days(day, day, zone)


def instant(moment: datetime, zone: tzinfo) -> Moment:
    utc = moment.astimezone(UTC)
    day = utc.astimezone(zone).date()
    return Moment(utc, utc, day, day)


def days(first: date, last: date, zone: tzinfo) -> Moment:
    start = datetime.combine(first, time.min, zone).astimezone(UTC)
    end = datetime.combine(last, time.max, zone).astimezone(UTC)
    return Moment(start, end, first, last)
