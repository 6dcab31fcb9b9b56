"""All resources of one request, scanned once, found again by reference. Knows no facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msgspec import Raw

from service.clinical.chart import Unreadable
from service.fhir.heads import Reference
from service.fhir.scan import Item, NotAResourceError, scan


@dataclass(slots=True)
class Shelf:
    """Each resource once; `by_reference` by "Type/id" and by fullUrl."""

    by_kind: dict[str, list[Item]] = field(default_factory=dict)
    by_reference: dict[str, Item] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)

    def resolve(self, reference: str | None, holder: Item | None = None) -> Item | None:
        """The resource that a reference means (contained, fullUrl, urn, relative, absolute); None if it is not here."""
        if not reference:
            return None
        if reference.startswith("#"):
            return contained(holder).get(reference[1:]) if holder is not None else None
        return self.by_reference.get(reference) or self.by_reference.get(local(reference))

    def of(self, *kinds: str) -> Iterable[Item]:
        """Resources of these types, each type's in order of arrival."""
        for kind in kinds:
            yield from self.by_kind.get(kind, ())

    @property
    def items(self) -> Iterable[Item]:
        for items in self.by_kind.values():
            yield from items


def local(reference: str) -> str:
    """ "Patient/1" of whatever absolute or versioned form: the part that names the resource within one server."""
    if reference.startswith("urn:"):
        return reference.rsplit(":", 1)[-1]
    path = reference.split("/_history/", 1)[0].split("?", 1)[0]
    return "/".join(path.rstrip("/").rsplit("/", 2)[-2:])


def shelve(resources: Iterable[tuple[str, bytes | Raw]]) -> Shelf:
    shelf = Shelf()
    for place, raw in resources:
        try:
            _add(shelf, scan(place, raw))
        except NotAResourceError as error:
            shelf.unreadable.append(Unreadable(place, str(error)))
    return shelf


def _add(shelf: Shelf, item: Item) -> None:
    """Of two with the same type and id the one that was updated last stays; if no time tells, both, unless equal."""
    source, name, by_reference = item.source, item.head.id, shelf.by_reference
    known = by_reference.get(source) if name else None
    if known is not None:
        if bytes(known.raw) == bytes(item.raw) or _updated(item) < _updated(known):
            return
        if _updated(item) > _updated(known):
            shelf.by_kind[known.kind].remove(known)
    shelf.by_kind.setdefault(item.kind, []).append(item)
    by_reference[item.place] = by_reference[source] = item
    if name:
        by_reference.setdefault(name, item)


def _updated(item: Item) -> str:
    return (item.head.meta.last_updated or "") if item.head.meta else ""


def contained(holder: Item) -> Mapping[str, Item]:
    """Contained resources by their id. One that is no resource is left out: nothing can refer to it."""
    found: dict[str, Item] = {}
    for number, raw in enumerate(holder.head.contained or ()):
        try:
            item = scan(f"{holder.source}#{number}", raw)
        except NotAResourceError:
            continue
        found[(item.head.id or str(number)).removeprefix("#")] = item
    return found


def names_patient(reference: Reference | None, ids: frozenset[str]) -> bool | None:
    """Whether a subject is the patient; None where it names nobody (no reference, only an identifier or a display)."""
    text = reference.reference if reference is not None else None
    if not text or text.startswith("#"):
        return None
    if text.startswith("Patient/") and text[8:] in ids:
        return True
    name = local(text)
    if "/" in name and not name.startswith("Patient/"):
        return None
    return name.removeprefix("Patient/") in ids
