"""What we publish in FHIR, to be read: /fhir/metadata, /fhir/CodeSystem/…, /fhir/Questionnaire/…. Knows no patient."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request

from cds_hooks import json
from cds_hooks.errors import NotFoundError
from service.codes.published import PUBLISHED
from service.codes.resource import Resource
from service.web.pages.static_answers import kept
from service.web.published.capability import capability_statement
from service.web.published.search import search

ROOT = "/fhir"
MEDIA_TYPE = "application/fhir+json"
KINDS = tuple(dict.fromkeys(kind for kind, _ in PUBLISHED))


class NoResourceError(NotFoundError):
    words = "There is no such resource."


def fhir_blueprint(base_url: str, since: date) -> Blueprint:
    """Made once at the start, `since` then. `base_url`: the service's public address; the caller's Host if empty."""
    blueprint = Blueprint("fhir", __name__, url_prefix=ROOT)
    published = {key: make() for key, make in PUBLISHED.items()}

    def base() -> str:
        return (base_url or request.url_root).rstrip("/")

    @blueprint.get("/metadata")
    def metadata() -> Response:
        return _answer(capability_statement(KINDS, since, base()))

    def found(kind: str) -> Response:
        of_kind = [each for (its, _), each in published.items() if its == kind]
        return _answer(search(of_kind, request.args, f"{base()}{ROOT}/{kind}"))

    def read(kind: str, ident: str) -> Response:
        resource = published.get((kind, ident))
        if resource is None:
            raise NoResourceError
        return _answer(resource)

    for kind in KINDS:
        blueprint.add_url_rule(f"/{kind}", f"search_{kind}", found, defaults={"kind": kind})
        blueprint.add_url_rule(f"/{kind}/<ident>", f"read_{kind}", read, defaults={"kind": kind})
    return blueprint


def _answer(resource: Resource) -> Response:
    return kept(json.encode(resource), MEDIA_TYPE)
