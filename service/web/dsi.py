"""The source attributes of decision support, 45 CFR 170.315(b)(11), as page and as JSON: /dsi/…. Knows no patient."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Answer

from cds_hooks import json
from service.documents import documents
from service.knowledge_pages.attributes_page import attributes_json, attributes_page
from service.rules.model import Knowledge
from service.web.pages.layout import HTML, allow_style, page
from service.web.pages.rendering import Rendered, render
from service.web.pages.static_answers import kept

PAGE = "/dsi/source-attributes"
AS_JSON = f"{PAGE}.json"
_DOCUMENT = "safety/source-attributes.md"
"""Where the same text stands among the documents, so that its links lead to the same pages."""


def dsi_blueprint(knowledge: Knowledge) -> Blueprint:
    """HTML unless JSON is preferred or named in the address."""
    blueprint = Blueprint("dsi", __name__, template_folder="pages/templates")

    @cache
    def rendered() -> Rendered:
        return render(attributes_page(knowledge), _DOCUMENT, PAGE, documents())

    @blueprint.get("/dsi/")
    def index() -> Answer:
        return redirect("source-attributes", 302)

    @blueprint.get(PAGE)
    def attributes() -> Response:
        wanted = request.accept_mimetypes.best_match(["text/html", "application/json"])
        response = as_json() if wanted == "application/json" else kept(page(rendered(), PAGE, AS_JSON), HTML)
        response.vary.add("Accept")
        return response

    @blueprint.get(AS_JSON)
    def as_json() -> Response:
        return kept(json.encode(attributes_json(knowledge)), "application/json")

    blueprint.after_request(allow_style)
    return blueprint
