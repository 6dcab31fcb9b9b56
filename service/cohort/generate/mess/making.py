"""Which resources of a patient go wrong, and how: at most one thing each, at the rates of mess.csv for his feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.kinds import KINDS
from service.cohort.generate.mess.shapes import QUANTITY
from service.cohort.generate.table import rows_of
from service.fixture_building.parts import Resource

CLEAN = "clean"
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Mess:
    """One thing done wrong on purpose. `resource` is the "Type/id" of what was right before."""

    kind: str
    resource: str


def make_mess(
    resources: Iterable[Resource], feed: str, draws: Draws, *, order: bool = False
) -> tuple[list[Resource], list[Mess]]:
    """What the feed brings instead of `resources`, in their order, and what was done. `order`: drafts of orders."""
    fed: list[Resource] = []
    done: list[Mess] = []
    for resource in resources:
        kind = None if feed == CLEAN else _drawn(resource, feed, draws, order=order)
        made = KINDS[kind](resource, draws) if kind else [resource]
        fed += made
        if kind and made != [resource]:
            done.append(Mess(kind, f"{resource['resourceType']}/{resource['id']}"))
    return fed, done


def _drawn(resource: Resource, feed: str, draws: Draws, *, order: bool) -> str | None:
    sorts = frozenset({"order"}) if order else sorts_of(resource)
    rates = [(kind, rate) for of, kind, rate in _rates(feed) if of in sorts]
    return draws.weighted(f"mess/{resource['resourceType']}/{resource['id']}", rates, _WHOLE)


def sorts_of(resource: Resource) -> frozenset[str]:
    """What mess.csv calls the resource in its column `of`. The Patient himself is always right."""
    kind = resource["resourceType"]
    if kind == "Patient":
        return frozenset()
    return frozenset({"any", kind, *(("number",) if kind == "Observation" and QUANTITY in resource else ())})


@cache
def _rates(feed: str) -> tuple[tuple[str, str, Decimal], ...]:
    return tuple((row["of"], row["kind"], Decimal(row[feed])) for row in rows_of("mess"))


def counted(mess: Iterable[Mess]) -> Mapping[str, int]:
    """How often each kind was done; 0 for the others."""
    kinds = [each.kind for each in mess]
    return {kind: kinds.count(kind) for kind in KINDS}
