"""What an EHR would send for each declared template: the resources that its query matches, as searchset Bundles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qs

from service.codes.prefetch import templates
from service.fixture_building.parts import Resource

_SERVER = "https://ehr.example/fhir"


def prefetch(resources: Sequence[Resource]) -> dict[str, Any]:
    """Key to Patient or Bundle; a query that matches nothing gives an empty Bundle."""
    return {key: _answer(query, resources) for key, query in templates().items()}


def searchset(resources: Sequence[Resource]) -> Resource:
    entries = [
        {"fullUrl": f"{_SERVER}/{each['resourceType']}/{each['id']}", "resource": each, "search": {"mode": "match"}}
        for each in resources
    ]
    found: Resource = {"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
    return {**found, "entry": entries} if entries else found


def _answer(query: str, resources: Sequence[Resource]) -> Resource | None:
    kind, _, search = query.partition("?")
    if not search:
        return next((each for each in resources if each["resourceType"] == kind.partition("/")[0]), None)
    wanted = parse_qs(search)
    matching = [each for each in resources if each["resourceType"] == kind and _matches(each, wanted)]
    return searchset(matching)


def _matches(resource: Resource, wanted: dict[str, list[str]]) -> bool:
    for element in ("code", "category", "questionnaire"):
        if element in wanted and not _any(resource.get(element), wanted[element][0].split(",")):
            return False
    return True


def _any(value: Any, tokens: Iterable[str]) -> bool:
    """A token is a bare code, "system|code", "system|", or a canonical address."""
    codings = list(_codings(value))
    return any(
        token in {value if isinstance(value, str) else "", *_tokens(system, code)}
        for token in tokens
        for system, code in codings or [("", "")]
    )


def _tokens(system: str, code: str) -> set[str]:
    return {code, f"{system}|{code}", f"{system}|"} if code else set()


def _codings(value: Any) -> Iterable[tuple[str, str]]:
    for concept in value if isinstance(value, list) else [value]:
        for coding in concept.get("coding", ()) if isinstance(concept, dict) else ():
            yield str(coding.get("system", "")), str(coding.get("code", ""))
