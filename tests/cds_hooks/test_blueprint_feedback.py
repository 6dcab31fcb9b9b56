"""Feedback over HTTP: acknowledged only when kept."""

from __future__ import annotations

import pytest

from cds_hooks.errors import UnavailableError
from cds_hooks.models import FeedbackItem
from cds_hooks.registry import Call
from tests.cds_hooks.calls import NOW, REPORT, issue, make_client


def test_it_hands_feedback_on() -> None:
    seen: list[tuple[str, str, Call]] = []
    client = make_client(feedback=lambda service, items, call: seen.append((service, items[0].card, call)))
    response = client.post("/cds-services/liver/feedback", json=REPORT)
    assert (response.status_code, response.data) == (200, b"{}")
    assert seen == [("liver", "c", Call(None, NOW))]


def test_it_takes_no_feedback_unless_somebody_keeps_it() -> None:
    assert make_client().post("/cds-services/liver/feedback", json=REPORT).status_code == 404


def test_it_refuses_a_report_and_names_the_item() -> None:
    client = make_client(feedback=lambda *_: None)
    body = {"feedback": [*REPORT["feedback"], {"card": "c", "outcome": "ignored", "outcomeTimestamp": "x"}]}
    response = client.post("/cds-services/liver/feedback", json=body)
    assert response.status_code == 400
    assert issue(response)["diagnostics"].startswith("$.feedback[1].outcome")


@pytest.mark.parametrize("error", [UnavailableError(retry_after=5), OSError("SECRET")])
def test_it_acknowledges_no_feedback_that_was_not_kept(error: Exception) -> None:
    def fail(service: str, items: tuple[FeedbackItem, ...], call: Call) -> None:
        raise error

    response = make_client(feedback=fail).post("/cds-services/liver/feedback", json=REPORT)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "SECRET" not in response.text
