"""Where each document stands at /docs/…, and how pages name each other: relative, so that any prefix may be before."""

from __future__ import annotations

from posixpath import basename, dirname, join, normpath, relpath

ROOT = "/docs/"
_INDEX = "README.md"


def address(document: str) -> str:
    """ "clients.md" -> "/docs/clients", "knowledge/README.md" -> "/docs/knowledge/"."""
    if basename(document) == _INDEX:
        return join(ROOT, dirname(document), "")
    return ROOT + document.removesuffix(".md")


def beside(document: str, link: str) -> str:
    """The document that a link in `document` names, whether or not it exists."""
    return normpath(join(dirname(document), link))


def relative(start: str, target: str) -> str:
    """The address `target` as a page at `start` writes it."""
    way = relpath(dirname(target), dirname(start)) + "/"
    return (way.removeprefix("./") + basename(target)) or "./"
