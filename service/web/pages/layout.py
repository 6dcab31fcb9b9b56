"""One plain page around whatever a page says: no script, one style sheet, nothing from elsewhere."""

from __future__ import annotations

from importlib import resources

from flask import Response, render_template

from service.web.pages.addresses import ROOT, relative
from service.web.pages.rendering import Rendered
from service.web.security import HEADERS

STYLE = f"{ROOT}style.css"
HTML = "text/html; charset=utf-8"
_POLICY = HEADERS["Content-Security-Policy"] + "; style-src 'self'"


def style_sheet() -> str:
    return resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")


def page(shown: Rendered, at: str, json: str = "") -> str:
    """The HTML of a page at the address `at`, whose links are relative to it. `json`: where the same stands as JSON."""
    places = {"root": ROOT, "style": STYLE} | ({"json": json} if json else {})
    return render_template("page.html", shown=shown, **{name: relative(at, each) for name, each in places.items()})


def missing_page(at: str) -> Response:
    """404 in plain words, for people."""
    shown = Rendered("There is no such page", "<h1>There is no such page</h1>")
    return Response(page(shown, at), 404, content_type=HTML)


def allow_style(response: Response) -> Response:
    """Widens the content policy by our own style sheet."""
    response.headers["Content-Security-Policy"] = _POLICY
    return response
