"""FHIR dates, times and periods become moments, whatever their precision. Knows no resources."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from service.fhir.moments import Moment, days, instant

_DATE_TIME = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<fraction>\d+))?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?"
)


def moment(text: str | None, zone: tzinfo) -> Moment | None:
    """The moment that a FHIR date, dateTime or instant names; None if there is none or it cannot be read.

    A time without a zone is taken in the client's zone (design.md section 5).
    """
    if not text:
        return None
    try:
        return _plain(text, zone) or _by_rule(text, zone)
    except (ValueError, OverflowError):
        return None


def _plain(text: str, zone: tzinfo) -> Moment | None:
    """The common form of a dateTime with a zone, read by the standard library in a fraction of the time."""
    if len(text) < 20 or text[10] != "T" or text[13] != ":":
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if found.tzinfo is None else instant(found, zone)


def _by_rule(text: str, zone: tzinfo) -> Moment | None:
    match = _DATE_TIME.fullmatch(text.strip())
    if match is None:
        return None
    return _timed(match, zone) if match["hour"] else _whole(match, zone)


def span(start: str | None, end: str | None, zone: tzinfo) -> Moment | None:
    """A period. With only one side given, that side is the moment."""
    first, last = moment(start, zone), moment(end, zone)
    if first is None or last is None:
        return first or last
    if last.end < first.start:
        return None
    return Moment(first.start, last.end, first.on, last.last)


def _timed(match: re.Match[str], zone: tzinfo) -> Moment:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    extra = timedelta()
    if second == 60:
        second, extra = 59, timedelta(seconds=1)
    if (hour, minute, second) == (24, 0, 0):
        hour, extra = 0, timedelta(days=1)
    microsecond = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    local = datetime.combine(day, time(hour, minute, second, microsecond), _zone(match["zone"], zone)) + extra
    return instant(local, zone)


def _zone(text: str | None, default: tzinfo) -> tzinfo | timezone:
    if text is None:
        return default
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _whole(match: re.Match[str], zone: tzinfo) -> Moment:
    year, month, day = int(match["year"]), match["month"], match["day"]
    if day:
        first = last = date(year, int(month), int(day))
    elif month:
        first = date(year, int(month), 1)
        last = first.replace(day=calendar.monthrange(year, int(month))[1])
    else:
        first, last = date(year, 1, 1), date(year, 12, 31)
    return days(first, last, zone)
