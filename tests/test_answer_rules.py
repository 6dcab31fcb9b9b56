"""No test gets an answer that breaks the specification without being told."""

from __future__ import annotations

import pytest
from flask import Flask


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/cds-services", 200, '{"services": [{"id": "a"}]}'),
        ("/cds-services/a", 200, '{"cards": [{"summary": "s"}]}'),
        ("/cds-services/a", 400, '{"error": "s"}'),
        ("/cds-services/a/feedback", 200, '{"status": "ok"}'),
        ("/cds-services/a", 200, "null"),
    ],
)
def test_it_tells_of_an_answer_that_breaks_a_rule(path: str, status: int, body: str) -> None:
    app = Flask("broken")
    app.add_url_rule(path, view_func=lambda: (body, status))
    with pytest.raises(AssertionError):
        app.test_client().get(path)


def test_it_leaves_other_answers_alone() -> None:
    app = Flask("other")
    app.add_url_rule("/other", view_func=lambda: "text")
    assert app.test_client().get("/other").text == "text"
