"""GET /dsi/…: the thirteen source attributes, for people and for machines."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from service.knowledge_pages.attributes import attributes
from service.knowledge_pages.attributes_page import attributes_json
from service.rules.loader import load

PAGE = "/dsi/source-attributes"
JSON = "application/json"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"), ("*/*", "text/html; charset=utf-8"),
        (JSON, JSON), ("application/json;q=0.9, text/html;q=0.1", JSON), ("", "text/html; charset=utf-8"),
        ("image/png", "text/html; charset=utf-8"),
    ],
)  # fmt: skip
def test_it_gives_what_is_preferred(reader: FlaskClient, accept: str, kind: str) -> None:
    answer = reader.get(PAGE, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.content_type) == (200, kind)
    assert "Accept" in answer.headers["Vary"]


def test_it_gives_machines_what_the_data_say(reader: FlaskClient) -> None:
    told: Any = reader.get(f"{PAGE}.json").json
    assert told == attributes_json(load())
    assert reader.get(PAGE, headers={"Accept": JSON}).json == told
    assert len(told["attributes"]) == 13


def test_it_gives_people_the_same(reader: FlaskClient) -> None:
    assert urljoin("http://localhost/dsi/", reader.get("/dsi/").headers["Location"]) == f"http://localhost{PAGE}"
    page = reader.get(PAGE)
    for each in attributes(load()):
        assert each.name in page.text
        assert each.text in page.text
    assert 'href="../docs/knowledge/references"' in page.text
    assert 'href="source-attributes.json"' in page.text
