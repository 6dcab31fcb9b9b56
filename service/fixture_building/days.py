"""How long before the day of the order a value was recorded, where nobody says so: recent enough for its class."""

from __future__ import annotations

from datetime import date, timedelta

from service.clinical.derived.auxiliary import freshness_class
from service.fixture_building.given import Given, is_age

_DAYS = {
    "acute": 1,
    "antithrombotic": 1,
    "pregnancy": 1,
    "labs": 3,
    "labs_close": 3,
    "medication": 3,
    "current": 3,
    "clinical": 3,
    "performance": 3,
    "respiratory": 5,
    "fitness": 5,
    "mapping": 7,
    "decision": 10,
    "board": 10,
    "documentation": 10,
    "staging_labs": 10,
    "imaging": 12,
    "staging": 12,
    "anaesthesia": 12,
    "transplant": 30,
    "cardiac": 30,
    "portal_pressure": 60,
    "endoscopy": 60,
    "thyroid": 60,
    "echo": 60,
    "serology": 120,
    "lifelong": 120,
}
"""Days by freshness class of facts.csv; classes that never become stale were recorded today."""


def day_of(given: Given, today: date) -> date:
    """The day on which the value is recorded; of an age the day from which it counts."""
    if given.on is not None:
        return given.on
    if is_age(given.name):
        return today - timedelta(days=int(given.number))
    return today - timedelta(days=_DAYS.get(freshness_class(given.name), 0))
