"""One synthetic patient with his record, its mess and his draft order: the same for the same seed, number and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from service.codes.own import THERAPIES_SYSTEM
from service.cohort.generate.draws import Draws
from service.cohort.generate.facts import draw_facts
from service.cohort.generate.idents import unique
from service.cohort.generate.mess.making import Mess, make_mess
from service.cohort.generate.table import Row, rows_of
from service.fixture_building.build import Answers, build
from service.fixture_building.folder import collection
from service.fixture_building.orders import OrderCode
from service.fixture_building.parts import Resource
from service.fixture_building.requests import hook_requests


@dataclass(frozen=True, slots=True)
class Patient:
    """`therapy` is what was meant by the order, whatever its code says; `classes` the sort of patient that was drawn.

    `mess` names the "Type/id" of what went wrong, by the ids of `resources` (a missing one stands nowhere else)."""

    ident: str
    therapy: str
    classes: Mapping[str, str]
    resources: tuple[Resource, ...]
    orders: tuple[Resource, ...]
    mess: tuple[Mess, ...]

    @property
    def bundle(self) -> Resource:
        """The record, without the order."""
        return collection(self.resources)

    @property
    def requests(self) -> Mapping[str, Any]:
        """Hook to request, with what the published prefetch templates would bring."""
        selected = [f"{each['resourceType']}/{each['id']}" for each in self.orders]
        return hook_requests(self.ident, self.ident, self.orders, selected, self.resources)


def generate(seed: int, index: int, as_of: date) -> Patient:
    """Patient number `index` of the cohort of `seed`, as on the day `as_of`. Other patients change nothing."""
    draws, ident = Draws(seed, index), f"s{seed}-{index}"
    ordered = _order(draws)
    drawn = draw_facts(ordered["therapy"], ordered["patient"], draws, as_of)
    answers = Answers(drawn.classes["answers"])
    built = build([_code(ordered)], drawn.facts, as_of, patient=ident, answers=answers)
    feed = drawn.classes["feed"]
    resources, mess = make_mess(built.resources, feed, draws)
    orders, more = make_mess(built.orders, feed, draws, order=True)
    return Patient(
        ident,
        ordered["therapy"],
        drawn.classes,
        tuple(unique(resources, ident)),
        tuple(unique(orders, ident)),
        tuple(_named(each, ident) for each in (*mess, *more)),
    )


def _order(draws: Draws) -> Row:
    found = draws.weighted("order", [(row, Decimal(row["weight"])) for row in rows_of("orders")])
    if found is None:
        raise LookupError("orders.csv has no row with a weight")
    return found


def _code(row: Row) -> OrderCode:
    system = row["system"] or THERAPIES_SYSTEM
    return OrderCode(row["code"] or row["therapy"], system, row["text"], liver=row["liver"] == "true")


def _named(mess: Mess, patient: str) -> Mess:
    kind, _, ident = mess.resource.partition("/")
    return Mess(mess.kind, f"{kind}/{patient}-{ident}")
