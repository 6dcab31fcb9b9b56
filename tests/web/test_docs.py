"""GET /docs/…: every document a page, every link a page that is there, and nothing that a browser could run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

from service.documents import DOCUMENTS, documents
from service.rules.loader import load
from service.web.pages.addresses import address

PAGES = {address(document): document for document in documents()}


class _Tags(HTMLParser):
    """The links, ids and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(given)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.links += [given.get("href") or ""] if tag in {"a", "link"} else []


@pytest.fixture(scope="module")
def tags() -> dict[str, _Tags]:
    """Filled by whoever reads a page first."""
    return {}


def _tags(reader: FlaskClient, at: str, tags: dict[str, _Tags]) -> _Tags:
    if at not in tags:
        tags[at] = _Tags(reader.get(at).text)
    return tags[at]


@pytest.mark.parametrize("at", PAGES)
def test_it_links_to_nothing_but_what_is_there(reader: FlaskClient, tags: dict[str, _Tags], at: str) -> None:
    for link in _tags(reader, at, tags).links:
        target = urlsplit(urljoin(f"http://localhost{at}", link))
        if target.hostname == "localhost":
            assert target.path in PAGES or reader.get(target.path).status_code == 200, link
            if target.fragment:
                assert target.fragment in _tags(reader, target.path, tags).ids, link
        else:
            assert target.scheme == "https", link


@pytest.mark.parametrize("at", PAGES)
def test_it_shows_plain_pages_without_scripts_or_styles_of_their_own(
    reader: FlaskClient, tags: dict[str, _Tags], at: str
) -> None:
    found = _tags(reader, at, tags)
    assert not found.tags & {"script", "style", "img", "iframe", "form", "object"}
    assert not {name for name in found.attributes if name.startswith("on") or name == "style"}
    assert "\n# " not in reader.get(at).text


def test_it_reaches_every_page_from_the_first(reader: FlaskClient, tags: dict[str, _Tags]) -> None:
    seen, open_ends = set(), ["/docs/"]
    while open_ends:
        at = open_ends.pop()
        if at in PAGES and at not in seen:
            seen.add(at)
            links = _tags(reader, at, tags).links
            open_ends += [urlsplit(urljoin(f"http://localhost{at}", link)).path for link in links]
    assert set(PAGES) - seen == set()


def test_it_has_a_page_for_every_therapy(reader: FlaskClient) -> None:
    for name, therapy in load().therapies.items():
        answer = reader.get(f"/docs/knowledge/therapies/{name}")
        assert answer.status_code == 200
        title = re.search(r"<title>(.*) · liver-cds</title>", answer.text)
        assert title
        assert therapy.title in title[1].replace("&#39;", "'").replace("&amp;", "&")


def test_it_allows_its_own_style_sheet_and_nothing_else(reader: FlaskClient) -> None:
    answer = reader.get("/docs/")
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'self'"
    )
    assert answer.content_type == "text/html; charset=utf-8"
    assert reader.get("/docs/style.css").content_type == "text/css; charset=utf-8"


def test_it_sends_a_folder_without_its_slash_to_its_page(reader: FlaskClient) -> None:
    for at in ("/docs", "/docs/knowledge", "/docs//knowledge/"):
        answer = reader.get(at)
        assert answer.status_code == 308
        assert urlsplit(urljoin(f"http://localhost{at}", answer.headers["Location"])).path in PAGES


@pytest.mark.parametrize(
    "at",
    ["/docs/no", "/docs/clients.md", "/docs/../README.md", "/docs/%2e%2e/pyproject", "/docs/<script>", "/docs/a/b/"],
)
def test_it_says_plainly_that_a_page_is_not_there(reader: FlaskClient, at: str) -> None:
    answer = reader.get(at)
    assert answer.status_code == 404
    assert "<h1>There is no such page</h1>" in answer.text
    assert "<script>" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert urljoin(f"http://localhost{at}", _Tags(answer.text).links[0]).endswith("/docs/style.css")


def test_it_finds_the_documents_beside_the_package() -> None:
    assert (DOCUMENTS / "knowledge" / "README.md").is_file()
