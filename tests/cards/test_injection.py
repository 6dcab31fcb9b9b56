"""Hostile text from a record through the whole service to the card: a browser shows it as text and nothing else."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from service.cards.text import escaped
from service.fixtures import packaged_fixtures
from tests.web.requests import PATIENT, SELECT, bundle, hook_request, lab, order

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](http://evil.example/p.png)",
    "[x](javascript:alert(1))", "a | b | c", "`code`", "\n# heading", "&lt;b&gt;", "</td></table>", "<!-- gone",
    "x\n\n- y",
    "<a href='https://evil.example'>", "http://evil.example", "www.evil.example", "<https://evil.example>", "***x***",
)  # fmt: skip
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"p", "ul", "ol", "li", "strong", "em", "br"}
HOSTS = {"livercds.org"}


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[Any]]] = []
        self.shown = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", [data]))


def _shown(markdown: str) -> Tags:
    return Tags(READER.render(markdown))


@pytest.mark.reliability(59)
@given(st.text(max_size=60) | st.sampled_from(HOSTILE))
def test_it_shows_any_text_as_text(text: str) -> None:
    page = _shown(f"- {escaped(text)}")
    assert {tag for tag, _ in page.tags} <= {"ul", "li"}


@pytest.mark.reliability(59)
def test_it_puts_no_markup_of_a_record_on_a_card(client: FlaskClient) -> None:
    for text in HOSTILE:
        observed = lab("1975-2", 2.4, text) | {"note": [{"text": text}], "valueString": text}
        drafted = order(text=f"TACE liver {text}") | {"note": [{"text": text}]}
        drafted["code"]["coding"][0]["display"] = text
        unmapped = order("2", text, "urn:x", text=f"liver embolisation {text}")
        body = hook_request(drafted, unmapped, patient={**PATIENT, "name": [{"family": text}]}, labs=bundle(observed))
        cards = client.post(SELECT, json=body).get_json()["cards"]
        assert cards
        for card in cards:
            page = _shown(card["detail"])
            assert {tag for tag, _ in page.tags} <= OURS
            assert all(not attributes for _, attributes in page.tags)
            assert not _shown(card["summary"].replace("[", "(")).tags[1:]


@pytest.mark.reliability(60)
@pytest.mark.parametrize(
    "golden", sorted(packaged_fixtures().rglob("*.answer.json")), ids=lambda path: path.parent.name
)
def test_it_links_to_constants_only(golden: Path) -> None:
    for card in json.loads(golden.read_text(encoding="utf-8"))["cards"]:
        links = [card["source"]["url"], *(link["url"] for link in card.get("links", ()))]
        for parts in map(urlsplit, links):
            assert (parts.scheme, parts.hostname in HOSTS, parts.query) == ("https", True, "")
        assert "http" not in card.get("detail", "")
