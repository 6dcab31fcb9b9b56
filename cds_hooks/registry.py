"""Which CDS services there are (id, hook, words, prefetch, handler) and the discovery document. Knows no medicine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cds_hooks.cards import Response
from cds_hooks.feedback import FeedbackItem
from cds_hooks.requests import HookRequest

SPECIFICATION = "2.0.1"
_SERVICE_ID = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Call:
    """What the web layer knows of one call: the client's name (None: not authenticated) and when it came, with zone."""

    client: str | None
    received_at: datetime


Handler = Callable[[HookRequest, Call], Response]
FeedbackHandler = Callable[[str, tuple[FeedbackItem, ...], Call], None]
"""Called with the service id; returns only when the items are safe, else raises Unavailable."""


@dataclass(frozen=True, slots=True)
class Service:
    """One CDS service. Two may share an id at different hooks: the later hook's answer then replaces the earlier cards.

    prefetch      key -> FHIR query template, in the order to publish
    hook_version  version of the hook's definition that the handler understands
    """

    id: str
    hook: str
    title: str
    description: str
    handler: Handler = field(repr=False)
    prefetch: Mapping[str, str] = field(default_factory=dict)
    usage_requirements: str | None = None
    hook_version: str | None = None
    extension: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if not _SERVICE_ID.fullmatch(self.id):
            raise ValueError(f"service id {self.id!r}: letters, digits, '.', '_' and '-' only")
        if not (self.hook and self.title and self.description):
            raise ValueError(f"service {self.id}: hook, title and description must not be empty")

    def described(self) -> dict[str, Any]:
        """Its entry in the discovery document, members without a value left out."""
        entry = {
            "hook": self.hook,
            "title": self.title,
            "description": self.description,
            "id": self.id,
            "prefetch": dict(self.prefetch),
            "usageRequirements": self.usage_requirements,
            "version": SPECIFICATION,
            "hookVersion": self.hook_version,
            "extension": dict(self.extension or {}),
        }
        return {name: value for name, value in entry.items() if value}


class Registry:
    """The services on offer, in the order declared."""

    def __init__(self, services: Iterable[Service], feedback: FeedbackHandler | None = None) -> None:
        self._services: dict[tuple[str, str], Service] = {}
        self.feedback = feedback
        for service in services:
            if (service.id, service.hook) in self._services:
                raise ValueError(f"service {service.id} is declared twice for hook {service.hook}")
            self._services[service.id, service.hook] = service

    def __iter__(self) -> Iterator[Service]:
        return iter(self._services.values())

    def hooks(self, service_id: str) -> tuple[str, ...]:
        """The hooks at which this id is offered; empty for an unknown id."""
        return tuple(hook for known, hook in self._services if known == service_id)

    def find(self, service_id: str, hook: str) -> Service | None:
        return self._services.get((service_id, hook))

    def discovery(self) -> dict[str, Any]:
        return {"services": [service.described() for service in self]}
