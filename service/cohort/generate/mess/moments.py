"""When something was measured: long ago, in the future, by the day alone, or told only by the report."""

from __future__ import annotations

from datetime import date, timedelta

from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.shapes import changed
from service.fixture_building.parts import Resource, instant

_WHEN = "effectiveDateTime"
_LONG_AGO, _AHEAD = (45, 400), (500, 900)
"""Days. No result is older than the second: so it lies in the future whenever it was measured."""


def stale(resource: Resource, draws: Draws) -> list[Resource]:
    return _moved(resource, -draws.whole(f"stale/{resource['id']}", *_LONG_AGO))


def future_date(resource: Resource, draws: Draws) -> list[Resource]:
    return _moved(resource, draws.whole(f"future_date/{resource['id']}", *_AHEAD))


def date_only(resource: Resource, _: Draws) -> list[Resource]:
    return changed(resource, effectiveDateTime=_day(resource).isoformat())


def issued_only(resource: Resource, _: Draws) -> list[Resource]:
    return changed(resource, effectiveDateTime=None, issued=resource[_WHEN])


def _moved(resource: Resource, days: int) -> list[Resource]:
    return changed(resource, effectiveDateTime=instant(_day(resource) + timedelta(days=days)))


def _day(resource: Resource) -> date:
    return date.fromisoformat(resource[_WHEN][:10])
