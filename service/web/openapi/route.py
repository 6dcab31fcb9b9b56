"""/openapi.json: every route of this installation, made when first asked for, since routes are added until then."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, current_app

from cds_hooks import json
from service.web.openapi.document import Contract, document
from service.web.pages.static_answers import kept


def openapi_blueprint(contract: Contract) -> Blueprint:
    blueprint = Blueprint("openapi", __name__)

    @cache
    def written() -> bytes:
        return json.encode(document(current_app.url_map, contract))

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        return kept(written(), "application/json")

    return blueprint
