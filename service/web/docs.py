"""The documentation as pages: /docs/ and what stands below. Open to everybody; knows no patient."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from cds_hooks.errors import NotFoundError
from service.documents import documents
from service.web.pages.addresses import ROOT, address
from service.web.pages.layout import HTML, STYLE, allow_style, missing_page, page, style_sheet
from service.web.pages.rendering import Rendered, render
from service.web.pages.static_answers import kept


def docs_blueprint() -> Blueprint:
    """Every document has the address of its file, without ".md"; README.md is its folder's."""
    blueprint = Blueprint("docs", __name__, template_folder="pages/templates")
    known = documents()
    by_address = {address(document): document for document in known}

    @cache
    def rendered(document: str) -> Rendered:
        return render(known[document].read_text(encoding="utf-8"), document, address(document), known)

    @blueprint.get(STYLE)
    def style() -> Response:
        return kept(style_sheet(), "text/css; charset=utf-8")

    @blueprint.get(ROOT, defaults={"place": ""})
    @blueprint.get(f"{ROOT}<path:place>")
    def document(place: str) -> Answer:
        asked = ROOT + place
        if asked in by_address:
            return kept(page(rendered(by_address[asked]), asked), HTML)
        if f"{asked}/" in by_address:
            return redirect(request.path.rpartition("/")[2] + "/", 308)
        raise NotFoundError

    @blueprint.errorhandler(NotFoundError)
    def missing(_error: NotFoundError) -> Response:
        return missing_page(request.path)

    blueprint.after_request(allow_style)
    return blueprint
