"""What every reader of a resource type works with: the shelf, the client, today, and each resource validated once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from typing import Any

from service.clinical.chart import Unreadable
from service.codes.site import Site
from service.fhir.dates import moment
from service.fhir.lookup import Key
from service.fhir.moments import Moment
from service.fhir.repeated import Repeated
from service.fhir.scan import Item
from service.fhir.shelf import Shelf
from service.fhir.validate import UnreadableError, validate


@dataclass(frozen=True, slots=True)
class Validated:
    """A resource as its model, or the reason why it has none. Holds the item, so that its identity stays its own."""

    item: Item
    model: Any | None
    mended: tuple[str, ...]
    reason: str = ""


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
    _validated: dict[int, Validated] = field(default_factory=dict)
    _repeated: Repeated = field(default_factory=Repeated)
    _told: set[int] = field(default_factory=set)

    def model(self, item: Item) -> Any | None:
        """The validated resource; None if it cannot be used, which is then listed. Each is validated once."""
        key = id(item)
        if key not in self._validated:
            self._validated[key] = _validated(item, self.site.time_zone, self._repeated)
        result = self._validated[key]
        if key not in self._told:
            self._told.add(key)
            self.notes += [f"{item.source}: {note}" for note in result.mended]
            if result.model is None:
                self.refuse(item, result.reason)
        return result.model

    @property
    def validated(self) -> Iterable[Validated]:
        """What was validated so far, in that order."""
        return self._validated.values()

    def anew(self, site: Site, today: date) -> Context:
        """The same shelf with nothing told yet, for one order; what was validated stays."""
        return replace(self, site=site, today=today, unreadable=[], notes=[], _told=set())

    def moment(self, text: str | None) -> Moment | None:
        return moment(text, self.site.time_zone)

    def is_future(self, when: Moment | None) -> bool:
        return when is not None and when.on > self.today

    def refuse(self, item: Item, reason: str) -> None:
        self.unreadable.append(Unreadable(item.source, reason))


def _validated(item: Item, zone: tzinfo, repeated: Repeated) -> Validated:
    try:
        return Validated(item, *validate(item, zone, repeated))
    except UnreadableError as error:
        return Validated(item, None, (), str(error))
