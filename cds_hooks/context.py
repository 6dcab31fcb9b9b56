"""The context of the order hooks: who orders what for whom. Checks what the hooks demand; knows no medicine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn, TypeVar

import msgspec

from cds_hooks import json
from cds_hooks.errors import BadRequestError
from cds_hooks.requests import HookRequest
from cds_hooks.suggestions import REFERENCE

FHIR_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
T = TypeVar("T")

ORDER_HOOKS = frozenset({"order-select", "order-sign"})
_NO_ORDERS = msgspec.Raw(b'{"resourceType":"Bundle"}')


class OrderContext(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Context of order-select and order-sign.

    user_id       "Practitioner/1", or "" when the client does not say
    patient_id    a bare FHIR id
    draft_orders  a Bundle, its entries not yet looked into
    selections    "ServiceRequest/1" of the orders just selected; None at order-sign or when not sent: all of them
    """

    user_id: str
    patient_id: str
    draft_orders: msgspec.Raw
    selections: tuple[str, ...] | None = None
    encounter_id: str | None = None

    def __repr__(self) -> str:
        return "OrderContext(…)"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return []


class _Typed(msgspec.Struct, frozen=True, rename={"resource_type": "resourceType"}):
    resource_type: str = ""


def check_context(request: HookRequest) -> None:
    """Raises BadRequestError unless the context has what the request's hook needs; unknown members are ignored."""
    if request.hook in ORDER_HOOKS:
        order_context(request)


def order_context(request: HookRequest) -> OrderContext:
    """The checked context of an order hook. Raises BadRequestError naming the member.

    Lenient where clients are known to deviate and no harm follows: without `draftOrders` (the sandbox, drafts of the
    specification) there is no order to judge; without `selections` every draft order is; `userId` is not used; a
    `patientId` may carry its type.
    """
    given = request.context
    if not _given(given, "patientId"):
        _refuse("patientId", "is required")
    context = OrderContext(
        user_id=_text(given, "userId") if _given(given, "userId") else "",
        patient_id=_text(given, "patientId").removeprefix("Patient/"),
        draft_orders=given["draftOrders"] if _given(given, "draftOrders") else _NO_ORDERS,
        selections=_selections(given) if request.hook == "order-select" and _given(given, "selections") else None,
        encounter_id=_member(given, "encounterId", str) if _given(given, "encounterId") else None,
    )
    if not FHIR_ID.fullmatch(context.patient_id):
        _refuse("patientId", "must be a FHIR id")
    if _member({"draftOrders": context.draft_orders}, "draftOrders", _Typed).resource_type != "Bundle":
        _refuse("draftOrders", "must be a Bundle")
    return context


def _given(context: Mapping[str, msgspec.Raw], name: str) -> bool:
    return name in context and bytes(context[name]) != b"null"


def _text(context: Mapping[str, msgspec.Raw], name: str) -> str:
    value = _member(context, name, str)
    if not value.strip():
        _refuse(name, "must not be empty")
    return value


def _selections(context: Mapping[str, msgspec.Raw]) -> tuple[str, ...]:
    selections = _member(context, "selections", tuple[str, ...])
    if not selections or not all(REFERENCE.fullmatch(selection) for selection in selections):
        _refuse("selections", 'must be an array of "Type/id" that is not empty')
    return selections


def _member(context: Mapping[str, msgspec.Raw], name: str, shape: type[T]) -> T:
    try:
        return json.decode(context[name], shape)
    except json.BadJsonError as error:
        _refuse(name, error.words)


def _refuse(name: str, words: str) -> NoReturn:
    raise BadRequestError(f"context.{name}: {words}")
