"""Draft orders: which therapies each may mean, in which phase. Text never chooses a therapy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from msgspec import Raw

from service.codes.liver_text import looks_liver_directed
from service.codes.orders import ORDERS, OrderMatch
from service.codes.own import THERAPIES_SYSTEM
from service.codes.site import Site
from service.fhir.bundle import NotABundleError, open_bundle
from service.fhir.heads import Coding
from service.fhir.order import Order
from service.fhir.order_words import detail_codings, order_codings, order_texts
from service.fhir.scan import Item, NotAResourceError, scan
from service.fhir.shelf import local

__all__ = ["NOT_ORDERED", "ORDER_KINDS", "Order", "OrdersError", "read_orders"]

ORDER_KINDS = frozenset({"ServiceRequest", "MedicationRequest", "DeviceRequest", "CommunicationRequest", "CarePlan"})
NOT_ORDERED = frozenset({"revoked", "entered-in-error", "completed", "cancelled", "stopped"})


class OrdersError(ValueError):
    """`draftOrders` is no Bundle."""


def read_orders(draft_orders: bytes | Raw, selections: Sequence[str] | None, site: Site) -> list[Order]:
    """Every draft order that asks for something, in the Bundle's order; of a selection, only those selected.

    `selections` are the "Type/id" of the hook order-select; None for order-sign. Raises OrdersError for what is no
    Bundle; an entry that is no resource is passed over.
    """
    try:
        entries = open_bundle(draft_orders, "draftOrders.entry")
    except NotABundleError as error:
        raise OrdersError(str(error)) from error
    items = list(_items(entries))
    wanted = None if selections is None else {local(selection) for selection in selections}
    return [_order(item, site, items) for item in items if _asks(item) and (wanted is None or _named(item) & wanted)]


def _items(entries: Iterable[tuple[str, bytes | Raw]]) -> Iterable[Item]:
    for place, raw in entries:
        try:
            yield scan(place, raw)
        except NotAResourceError:
            continue


def _named(item: Item) -> set[str]:
    """The names by which a selection may mean the order; some EHRs send the id alone."""
    return {item.source, local(item.place), item.head.id or ""}


def _asks(item: Item) -> bool:
    status = (item.head.status or "").strip().lower()
    return item.kind in ORDER_KINDS and status not in NOT_ORDERED and item.head.do_not_perform is not True


def _order(item: Item, site: Site, items: Sequence[Item]) -> Order:
    codes = (
        *_coded(order_codings(item)),
        *(code for code in _coded(detail_codings(item)) if _names_therapy(code, site)),
    )
    match = ORDERS.lookup(codes, site)
    texts = tuple(order_texts(item))
    siblings = tuple(other for other in items if other is not item)
    bare = Order(
        item.source, item, codes=codes, looks_liver_directed=any(map(looks_liver_directed, texts)),
        text_present=bool(texts), siblings=siblings,
    )  # fmt: skip
    return bare if match is None else _matched(bare, match)


def _coded(found: Iterable[Coding]) -> Iterable[tuple[str, str]]:
    return ((each.system, each.code) for each in found if each.system and each.code)


def _names_therapy(code: tuple[str, str], site: Site) -> bool:
    """A detail counts as code of the order only where it names a therapy outright."""
    return code[0] == THERAPIES_SYSTEM or code in site.order_codes


def _matched(bare: Order, match: OrderMatch) -> Order:
    phase = match.phases[0] if len(match.phases) == 1 else ""
    problems = ("order codes name different therapies",) if match.conflict else ()
    return replace(bare, therapies=match.therapies, phase=phase, confirm_liver=match.confirm_liver, problems=problems)
