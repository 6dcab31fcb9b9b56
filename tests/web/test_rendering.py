"""Markdown to pages: headings with ids, cells with their column's name, links between pages, no HTML let through."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.pages.addresses import address, beside, relative
from service.web.pages.rendering import Rendered, render

KNOWN = {"README.md": 1, "clients.md": 1, "knowledge/README.md": 1, "knowledge/therapies/rfa.md": 1}


def _rendered(text: str, document: str = "knowledge/README.md") -> Rendered:
    return render(text, document, address(document), KNOWN)


@pytest.mark.parametrize(
    ("document", "link", "written"),
    [
        ("README.md", "clients.md", "clients"),
        ("README.md", "knowledge/README.md", "knowledge/"),
        ("clients.md", "README.md", "./"),
        ("clients.md", "clients.md#budgets", "clients#budgets"),
        ("knowledge/README.md", "therapies/rfa.md", "therapies/rfa"),
        ("knowledge/README.md", "../clients.md", "../clients"),
        ("knowledge/therapies/rfa.md", "../README.md", "../"),
        ("knowledge/therapies/rfa.md", "../../README.md", "../../"),
        ("clients.md", "#budgets", "#budgets"),
        ("clients.md", "https://example.org/a.md", "https://example.org/a.md"),
    ],
)
def test_it_writes_links_between_pages(document: str, link: str, written: str) -> None:
    assert f'<a href="{written}">x</a>' in _rendered(f"[x]({link})", document).body


def test_it_shows_a_link_to_what_has_no_page_as_text() -> None:
    assert _rendered("[x](../service/app.py)").body == "<p><a>x</a></p>\n"


def test_it_lets_no_html_and_no_script_through() -> None:
    body = _rendered('<script>1</script>\n\n[x](javascript:alert(1)) <img src=x onerror="1"> `<b>`').body
    assert "<script" not in body
    assert "<img" not in body
    assert "href" not in body
    assert "&lt;b&gt;" in body


def test_it_gives_headings_ids_that_differ_and_lists_the_sections() -> None:
    shown = _rendered("# The `title`, yes\n\n## One\n\n### Below\n\n## One\n")
    assert shown.title == "The title, yes"
    assert shown.sections == (("one", "One"), ("one-1", "One"))
    assert '<h1 id="the-title-yes">' in shown.body


def test_it_labels_every_cell_with_its_column() -> None:
    body = _rendered("| a | b |\n|---|---|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |\n").body
    for label, cell in (("a", 1), ("b", 2), ("c", 3)):
        assert f'<td data-label="{label}">{cell}</td>' in body


def test_it_lets_names_break_at_their_joints() -> None:
    assert _rendered("`arterial-liver.max_bilirubin`").body == (
        "<p><code>arterial-<wbr>liver.<wbr>max_<wbr>bilirubin</code></p>\n"
    )


_PLACES = st.lists(st.sampled_from(["a", "b", "knowledge"]), min_size=1, max_size=4).map("/".join)


@given(_PLACES, _PLACES, st.booleans())
def test_it_leads_from_any_page_to_any_other(start: str, target: str, folder: bool) -> None:
    begin, end = address(f"{start}.md"), address(f"{target}/README.md" if folder else f"{target}.md")
    assert urljoin(f"http://h{begin}", relative(begin, end)) == f"http://h{end}"


def test_it_knows_what_a_link_names() -> None:
    assert beside("knowledge/therapies/rfa.md", "../../clients.md") == "clients.md"
