"""Markdown of ours to HTML: tables that can be read on a narrow screen, headings that can be named, links that work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from service.web.pages.addresses import address, beside, relative

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.ASCII | re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w\- ]")
_JOINT = re.compile(r"(?<=[._/-])(?=\w)")


def _code(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    """A name in the middle of a table breaks at its joints, not within its words."""
    return f"<code>{_JOINT.sub('<wbr>', escapeHtml(tokens[index].content))}</code>"


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKDOWN.add_render_rule("code_inline", _code)


@dataclass(frozen=True, slots=True)
class Rendered:
    """`body` is HTML that holds no tag but the parser's own."""

    title: str
    body: str
    sections: tuple[tuple[str, str], ...] = ()
    """id and text of the headings below the title, those of the second level"""


def render(text: str, document: str, at: str, known: Mapping[str, object]) -> Rendered:
    """The page of a text that stands at `document` among the documents and is shown at the address `at`.

    known  documents that have a page; a link to any other is shown as mere text
    """
    tokens = _MARKDOWN.parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    for token in inner:
        if token.type == "link_open":
            _point(token, document, at, known)
    headings = list(_named_headings(tokens))
    _label_cells(tokens)
    body = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    return Rendered(
        title=next((said for level, _, said in headings if level == "h1"), ""),
        body=body,
        sections=tuple((ident, said) for level, ident, said in headings if level == "h2"),
    )


def _point(link: Token, document: str, at: str, known: Mapping[str, object]) -> None:
    href = str(link.attrs["href"])
    if _OUTSIDE.match(href) or href.startswith("#"):
        return
    place, mark, part = href.partition("#")
    target = beside(document, place)
    if target in known:
        link.attrs["href"] = relative(at, address(target)) + mark + part
    else:
        del link.attrs["href"]


def _named_headings(tokens: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """Gives every heading the id that it has on a code host; yields level, id and text in order."""
    seen: dict[str, int] = {}
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            said = "".join(child.content for child in following.children or ())
            slug = _NO_WORD.sub("", said.lower()).replace(" ", "-")
            times = seen[slug] = seen.get(slug, -1) + 1
            ident = f"{slug}-{times}" if times else slug
            token.attrSet("id", ident)
            yield token.tag, ident, said


def _label_cells(tokens: Sequence[Token]) -> None:
    """Every cell carries its column's heading, for screens too narrow for columns."""
    headings: list[str] = []
    column = 0
    for token, following in pairwise(tokens):
        match token.type:
            case "thead_open":
                headings = []
            case "th_open":
                headings.append("".join(child.content for child in following.children or ()))
            case "tr_open":
                column = 0
            case "td_open":
                token.attrSet("data-label", headings[column])
                column += 1
