"""Searching among what we publish: by id, canonical address and version. A parameter that we do not know is ignored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

from service.codes.resource import Resource
from service.web.published.capability import SEARCH

_MEMBER = {"_id": "id"}


def search(resources: Iterable[Resource], asked: Mapping[str, str], address: str) -> Resource:
    """A searchset Bundle. `address`: absolute, of the resources' type; its self link says which parameters counted."""
    used = {name: asked[name] for name in SEARCH if name in asked}
    found = [each for each in resources if all(_has(each, name, used[name]) for name in used)]
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(found),
        "link": [{"relation": "self", "url": f"{address}?{urlencode(used)}" if used else address}],
        **_entries(found, address),
    }


def _has(resource: Resource, name: str, words: str) -> bool:
    """Commas part alternatives; an address may carry "|version"."""
    return any(_is(resource, name, word) for word in words.split(","))


def _is(resource: Resource, name: str, word: str) -> bool:
    if name == "url" and "|" in word:
        address, _, version = word.partition("|")
        return bool(resource["url"] == address and resource["version"] == version)
    return bool(resource[_MEMBER.get(name, name)] == word)


def _entries(found: Sequence[Resource], address: str) -> Resource:
    """Nothing at all when nothing was found: FHIR has no empty arrays."""
    entries = [{"fullUrl": f"{address}/{each['id']}", "resource": each, "search": {"mode": "match"}} for each in found]
    return {"entry": entries} if entries else {}
