"""The OpenAPI 3.1 document of the routes that there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from werkzeug.routing import Map, Rule

from cds_hooks.endpoints import ROOT
from cds_hooks.registry import Service
from service.web.openapi import hook_operations as hooks
from service.web.openapi.answer_schemas import answer_schemas
from service.web.openapi.fhir_schemas import FHIR_SCHEMAS
from service.web.openapi.page_operations import PAGES, PLACES
from service.web.openapi.parts import Schema
from service.web.openapi.request_schemas import request_schemas

NOTHING = frozenset({f"{ROOT}/", f"{ROOT}/<path:rest>"})
"""Routes that only say that nothing is there."""
_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Contract:
    """What differs from one installation to another. `base_url`: empty where only the caller knows it."""

    services: tuple[Service, ...]
    base_url: str
    tokens_required: bool
    protect_discovery: bool


def undescribed(routes: Map) -> list[str]:
    """Routes of which the document would say nothing; a test keeps this empty."""
    return sorted({rule.rule for rule in routes.iter_rules()} - {*PAGES, *hooks.RULES, *NOTHING})


def document(routes: Map, contract: Contract) -> Schema:
    there = {rule.rule: rule for rule in routes.iter_rules()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "liver-cds",
            "version": version("liver-cds"),
            "summary": "Published criteria for liver-directed therapies at order entry",
            "description": "Errors are FHIR OperationOutcomes. What needs no token holds no patient data.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": contract.base_url or "/"}],
        "paths": {**_hooks(contract), **dict(_pages(there.values()))},
        "components": {"schemas": _schemas(contract), "securitySchemes": {"bearer": _BEARER}},
    }


def _hooks(contract: Contract) -> Schema:
    found = hooks.hook_operations(
        contract.services, tokens_required=contract.tokens_required, protect_discovery=contract.protect_discovery
    )
    return {path: {method: described.operation({})} for path, (method, described) in found.items()}


def _pages(rules: Iterable[Rule]) -> Iterator[tuple[str, Schema]]:
    for rule in sorted(rules, key=lambda rule: rule.rule):
        if described := PAGES.get(rule.rule):
            places = _VARIABLE.findall(rule.rule)
            yield (
                _VARIABLE.sub(r"{\1}", rule.rule),
                {"get": described.operation({place: PLACES[place] for place in places})},
            )


def _schemas(contract: Contract) -> dict[str, Schema]:
    asked = [service.hook for service in contract.services]
    keys = dict.fromkeys(key for service in contract.services for key in service.prefetch)
    return dict(sorted({**answer_schemas(), **request_schemas(asked, keys), **FHIR_SCHEMAS}.items()))


_BEARER: Schema = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "Signed by the client for this one call, as CDS Hooks demands: `aud` is the address called.",
}
