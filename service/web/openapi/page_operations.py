"""Describes the routes that are only read: health, documentation, source attributes, FHIR. A new one gets its line."""

from __future__ import annotations

from collections.abc import Mapping

from service.web.openapi.parts import FHIR_JSON, HTML, JSON, PLAIN, TEXT, Answer, Described, Schema, kept, ref
from service.web.published.capability import SEARCH

_HEALTH, _DOCUMENTATION, _FHIR = "Health", "Documentation", "FHIR"
_ELSEWHERE = Answer(headers=("Location",))
_NO_PAGE = {404: Answer({HTML: TEXT, JSON: ref("OperationOutcome")})}
_NO_RESOURCE = {404: Answer({FHIR_JSON: ref("OperationOutcome")})}
_ATTRIBUTES = "Source attributes, 45 CFR 170.315(b)(11)"
_MEANINGS = {
    "_id": "The last part of the address",
    "url": "The canonical address",
    "version": "The version of the content",
}
PLACES: Mapping[str, str] = {
    "place": "A document, as links name it; may hold slashes",
    "ident": "The resource's id",
}
"""Parameters in paths -> what they stand for."""


def _health(status: int = 200) -> dict[int, Answer]:
    return {status: Answer({JSON: ref("Health")})}


def _fhir(kind: str) -> dict[str, Described]:
    found = {FHIR_JSON: ref("Found")}
    one = {FHIR_JSON: ref(kind)}
    queries = {name: _MEANINGS[name] for name in SEARCH}
    return {
        f"/fhir/{kind}": Described(f"search-{kind}", f"Search of {kind}", _FHIR, kept(found), queries=queries),
        f"/fhir/{kind}/<ident>": Described(
            f"read-{kind}", f"One {kind}", _FHIR, {**kept(one), **_NO_RESOURCE}
        ),
    }  # fmt: skip


_ATTRIBUTES_JSON: dict[str, Schema] = {JSON: ref("SourceAttributes")}
PAGES: Mapping[str, Described] = {
    "/livez": Described("livez", "Whether the process is alive", _HEALTH, _health()),
    "/readyz": Described("readyz", "Whether calls can be taken, and what is amiss", _HEALTH, _health() | _health(503)),
    "/metrics": Described("metrics", "Counters for Prometheus", _HEALTH, {200: Answer({PLAIN: TEXT})}),
    "/openapi.json": Described("openapi", "This document", _DOCUMENTATION, kept({JSON: {"type": "object"}})),
    "/docs/": Described("docs", "The documentation", _DOCUMENTATION, kept({HTML: TEXT})),
    "/docs/<path:place>": Described(
        "document", "One document", _DOCUMENTATION, {**kept({HTML: TEXT}), 308: _ELSEWHERE, **_NO_PAGE}
    ),
    "/docs/style.css": Described("style", "Style sheet of the pages", _DOCUMENTATION, kept({"text/css": TEXT})),
    "/dsi/": Described("dsi", _ATTRIBUTES, _DOCUMENTATION, {302: _ELSEWHERE}),
    "/dsi/source-attributes": Described(
        "attributes", _ATTRIBUTES, _DOCUMENTATION, kept({HTML: TEXT} | _ATTRIBUTES_JSON)
    ),
    "/dsi/source-attributes.json": Described(
        "attributes-json", _ATTRIBUTES, _DOCUMENTATION, kept(_ATTRIBUTES_JSON)
    ),
    "/fhir/metadata": Described(
        "capabilities", "What the FHIR routes can do", _FHIR, kept({FHIR_JSON: ref("CapabilityStatement")})
    ),
    **_fhir("CodeSystem"),
    **_fhir("Questionnaire"),
}  # fmt: skip
"""Route, as Flask writes it -> its GET."""
