"""GET /explain/<token>: the page, or a plain one that says why there is none."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, render_template

from service.records.ledger import Ledger
from service.records.storage import StorageUnavailableError
from service.rules.model import Knowledge
from service.web.explain.explanation import explanations
from service.web.explain.links import PATH, BadLinkError, ExpiredLinkError, ExplainLinks

_STYLE = Path(__file__).with_name("explain.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_NOT_YET = (503, "Not on record yet", "This decision is still being written down. Please reload in a few seconds.")
_GONE = (404, "Not on record", "This decision is not on record: it could not be kept, or its time is over.")
_AWAY = (503, "Not available now", "The records cannot be read at this moment. Please try again later.")
_BAD = (404, "There is nothing here", "The address is not complete, or was changed.")
_EXPIRED = (410, "This link has ended", "Links on cards end after some time. The card itself is not affected.")
_RETRY_SECONDS = 5


def explain_blueprint(
    links: ExplainLinks, ledger: Callable[[], Ledger], knowledge: Knowledge, clock: Callable[[], datetime]
) -> Blueprint:
    """`ledger` opens the records; they are looked at anew for every page."""
    blueprint = Blueprint("explain", __name__, template_folder="templates")

    @blueprint.get(f"{PATH}/<token>")
    def explain(token: str) -> Response:
        now = clock()
        try:
            pointed = links.read(token, now)
            found = explanations(ledger(), pointed.card, pointed.client, knowledge)
        except BadLinkError:
            return _plain(*_BAD)
        except ExpiredLinkError:
            return _plain(*_EXPIRED)
        except StorageUnavailableError:
            return _plain(*_AWAY)
        if not found:
            return _plain(*(_NOT_YET if links.is_fresh(pointed, now) else _GONE))
        page = render_template("explain/decision.html", found=found, style=_STYLE, until=pointed.until)
        return _page(page, 200)

    return blueprint


def _plain(status: int, title: str, words: str) -> Response:
    response = _page(render_template("explain/plain.html", title=title, words=words, style=_STYLE), status)
    if status == 503:
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
    return response


def _page(text: str, status: int) -> Response:
    response = Response(text, status, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    return response
