"""Which therapies an order's codes mean, and in which phase. Text never chooses a therapy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.codes.rows import read
from service.codes.site import Site
from service.codes.systems import Coding, coding

THERAPY = "therapy"
MAPPING = "mapping"


@dataclass(frozen=True, slots=True)
class OrderMatch:
    """What an order may be: candidate `therapies` (one or more) in the table's order.

    phases         "mapping", "therapy", or both when the order's codes do not agree
    confirm_liver  every matching code serves other organs too, so the liver must be confirmed from the order
    conflict       the order's codes name different therapies; all of them are then candidates
    codings        those that matched
    """

    therapies: tuple[str, ...]
    phases: tuple[str, ...]
    confirm_liver: bool
    conflict: bool
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class OrderCode:
    therapies: tuple[str, ...]
    phase: str
    confirm_liver: bool


@dataclass(frozen=True, slots=True)
class OrderTable:
    codes: Mapping[Coding, OrderCode]

    def lookup(self, codings: Iterable[tuple[str, str]], site: Site) -> OrderMatch | None:
        """The match of an order's (system, code) pairs, None when no code is known. A client's own map comes first."""
        given = [coding(system, code) for system, code in codings]
        found = {key: code for key in given if (code := self._code(key, site)) is not None}
        return _combine(found) if found else None

    def _code(self, key: Coding, site: Site) -> OrderCode | None:
        for local, (therapies, phase) in site.order_codes.items():
            if coding(*local) == key:
                return OrderCode(therapies, phase, confirm_liver=False)
        return self.codes.get(key)


def _combine(found: Mapping[Coding, OrderCode]) -> OrderMatch:
    named = [code.therapies for code in found.values()]
    every = tuple(dict.fromkeys(therapy for therapies in named for therapy in therapies))
    shared = tuple(therapy for therapy in every if all(therapy in therapies for therapies in named))
    return OrderMatch(
        therapies=shared or every,
        phases=tuple(dict.fromkeys(code.phase for code in found.values())),
        confirm_liver=all(code.confirm_liver for code in found.values()),
        conflict=not shared,
        codings=tuple(found),
    )


ORDERS = OrderTable(
    MappingProxyType(
        {
            (row["system"], row["code"]): OrderCode(
                tuple(row["therapies"].split(";")), row["phase"], row["confirm_liver"] == "true"
            )
            for row in read("orders.csv")
        }
    )
)
