"""What every reader of a resource type works with: the shelf, the client, today, and each resource validated once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.clinical.chart import Unreadable
from service.codes.site import Site
from service.fhir.dates import Moment, moment
from service.fhir.lookup import Key
from service.fhir.scan import Item
from service.fhir.shelf import Shelf
from service.fhir.validate import UnreadableError, validate


@dataclass(slots=True)
class Context:
    """`notes` says what was mended ("Observation/b1: unknown element dropped: Observation.foo")."""

    shelf: Shelf
    site: Site
    today: date
    patient_ids: frozenset[str]
    unreadable: list[Unreadable] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    local_codes: Mapping[Key, str] = field(default_factory=dict)
    _models: dict[int, Any] = field(default_factory=dict)

    def model(self, item: Item) -> Any | None:
        """The validated resource; None if it cannot be used, which is then listed (once)."""
        key = id(item)
        if key not in self._models:
            self._models[key] = self._validated(item)
        return self._models[key]

    def moment(self, text: str | None) -> Moment | None:
        return moment(text, self.site.time_zone)

    def is_future(self, when: Moment | None) -> bool:
        return when is not None and when.on > self.today

    def refuse(self, item: Item, reason: str) -> None:
        self.unreadable.append(Unreadable(item.source, reason))

    def _validated(self, item: Item) -> Any | None:
        try:
            found, mended = validate(item, self.site.time_zone)
        except UnreadableError as error:
            self.refuse(item, str(error))
            return None
        self.notes += [f"{item.source}: {note}" for note in mended]
        return found
