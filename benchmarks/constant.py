"""What the hook is compared with: a Flask view that decodes the same body and returns a constant card."""

from __future__ import annotations

from flask import Flask, Response, request

from cds_hooks import json

_CARD = {
    "summary": "a card",
    "indicator": "info",
    "source": {"label": "constant"},
    "detail": "a detail of some length " * 30,
}
_BODY = json.encode({"cards": [_CARD]})


def create_app() -> Flask:
    app = Flask("constant", static_folder=None)

    @app.post("/cds-services/liver-directed-therapy-select")
    def constant() -> Response:
        json.decode(request.get_data())
        return Response(_BODY, content_type="application/json")

    @app.get("/readyz")
    def ready() -> str:
        return "ready"

    return app
