"""The services that a discovery document offers, as far as they can be called at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from cds_hooks.endpoints import ROOT


@dataclass(frozen=True, slots=True)
class Described:
    """`prefetch`: key -> template, those that are texts."""

    id: str
    hook: str
    prefetch: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"{ROOT}/{quote(self.id, safe='')}"


def described(document: Any) -> list[Described]:
    """Entries with an id and a hook; a document of any shape has none at worst."""
    services = document.get("services") if isinstance(document, dict) else None
    return [
        Described(entry["id"], entry["hook"], _templates(entry.get("prefetch")))
        for entry in (services if isinstance(services, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("id"), str) and isinstance(entry.get("hook"), str)
    ]


def _templates(prefetch: Any) -> dict[str, str]:
    given = prefetch if isinstance(prefetch, dict) else {}
    return {key: template for key, template in given.items() if isinstance(template, str)}
