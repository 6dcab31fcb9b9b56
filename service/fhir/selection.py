"""Which Observations might give facts, told from the scan alone: code, components, status, time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from service.fhir.bindings import Binding, bindings
from service.fhir.context import Context
from service.fhir.heads import Component
from service.fhir.moments import Moment
from service.fhir.scan import Item, codings
from service.fhir.shelf import contained
from service.fhir.times import when

USED = frozenset({"final", "amended", "corrected"})
PRELIMINARY = "preliminary"
NEVER_USED = frozenset({"registered", "cancelled", "entered-in-error", "unknown"})


@dataclass(frozen=True, slots=True)
class Part:
    """What the code of the Observation (`number` None) or of one component gives; its codings may `contradict`."""

    number: int | None
    bindings: frozenset[Binding]
    contradict: bool


@dataclass(frozen=True, slots=True)
class Selected:
    """An Observation that gives facts, not yet validated."""

    item: Item
    when: Moment | None
    parts: tuple[Part, ...]

    @property
    def facts(self) -> frozenset[str]:
        first = facts_of(self.parts[0].bindings)
        return first if len(self.parts) == 1 else first.union(*(facts_of(part.bindings) for part in self.parts[1:]))


@lru_cache(maxsize=4096)
def facts_of(given: frozenset[Binding]) -> frozenset[str]:
    return frozenset(binding.fact for binding in given)


def status(item: Item) -> str:
    return (item.head.status or "").strip().lower()


def select(item: Item, context: Context, inherited: Moment | None = None) -> Selected | None:
    """What the Observation might give; None if nothing, or if its status says that it is not to be used."""
    parts = _parts(item, context)
    if not parts or status(item) in NEVER_USED:
        return None
    return Selected(item, when(item, context.site.time_zone) or inherited, parts)


def _parts(item: Item, context: Context) -> tuple[Part, ...]:
    head = item.head
    given, contradict = bindings(codings(head.code), context.local_codes)
    if not given and not head.component:
        return ()
    own = (Part(None, given, contradict),) if given else ()
    return (*own, *_components(head.component or (), context))


def _components(components: Iterable[Component], context: Context) -> Iterable[Part]:
    for number, part in enumerate(components):
        given, contradict = bindings(codings(part.code), context.local_codes)
        if given:
            yield Part(number, given, contradict)


def observations(context: Context) -> Iterable[Selected]:
    """Every Observation that might give facts, those contained in reports and panels with their holder's time."""
    for item in context.shelf.of("Observation", "DiagnosticReport"):
        if item.kind == "Observation" and (found := select(item, context)) is not None:
            yield found
        if item.head.contained and status(item) not in NEVER_USED:
            yield from _contained(item, context)


def _contained(holder: Item, context: Context) -> Iterable[Selected]:
    held_at = when(holder, context.site.time_zone)
    for part in contained(holder).values():
        if part.kind == "Observation" and (found := select(part, context, held_at)) is not None:
            yield found
