"""Records for the tests, small and synthetic."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from cds_hooks.models import FeedbackItem
from service.cli.request_file import Setup, judge_file
from service.fixtures import packaged_fixtures
from service.order_check import OrderCheck
from service.records.given import Given

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
KEY = b"k" * 32


def feedback(card: str = "card-1", **members: object) -> FeedbackItem:
    given = {"card": card, "outcome": "overridden", "outcome_timestamp": "2026-11-01T11:59:00Z"} | members
    return FeedbackItem(**given)


@cache
def check() -> OrderCheck:
    return Setup(None, None, None).check()


@cache
def _given(fixture: str, on: date) -> Given:
    (result, *_) = judge_file(packaged_fixtures() / fixture / "order-sign.json", check(), on)
    return Given(
        card="card-1",
        client="demo",
        hook_instance="instance",
        patient="patient-1",
        order=result.order.reference,
        indicator="info",
        decisions=result.decisions,
        reason=result.reason,
        thresholds=check().thresholds,
        knowledge=check().knowledge,
        at=NOW,
    )


def given(card: str = "card-1", fixture: str = "refractory-ascites", on: date = date(2026, 11, 22)) -> Given:
    made = _given(fixture, on)
    return Given(**{name: getattr(made, name) for name in Given.__slots__} | {"card": card})
