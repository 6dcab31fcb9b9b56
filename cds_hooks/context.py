"""The context of the order hooks: who orders what for whom. Checks what the hooks demand; knows no medicine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn, TypeVar

import msgspec

from cds_hooks import json
from cds_hooks.errors import BadRequestError
from cds_hooks.hooks import HOOKS
from cds_hooks.requests import HookRequest
from cds_hooks.suggestions import REFERENCE

FHIR_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
T = TypeVar("T")

ORDER_HOOKS = frozenset({"order-select", "order-sign"})


class OrderContext(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Context of order-select and order-sign.

    user_id       "Practitioner/1"
    patient_id    a bare FHIR id
    draft_orders  a Bundle, its entries not yet looked into
    selections    "ServiceRequest/1" of the orders just selected; None at order-sign: all of them
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
    """Raises BadRequestError unless the context has what the request's hook demands; unknown members are ignored."""
    _require_members(request)
    if request.hook in ORDER_HOOKS:
        order_context(request)


def order_context(request: HookRequest) -> OrderContext:
    """The checked context of an order hook. Raises BadRequestError naming the member."""
    _require_members(request)
    context = OrderContext(
        user_id=_text(request.context, "userId"),
        patient_id=_text(request.context, "patientId"),
        draft_orders=request.context.get("draftOrders", msgspec.Raw(b"null")),
        selections=_selections(request.context) if request.hook == "order-select" else None,
        encounter_id=_member(request.context, "encounterId", str) if _given(request.context, "encounterId") else None,
    )
    if not FHIR_ID.fullmatch(context.patient_id):
        _refuse("patientId", "must be a FHIR id without its type")
    if _member(request.context, "draftOrders", _Typed).resource_type != "Bundle":
        _refuse("draftOrders", "must be a Bundle")
    return context


def _require_members(request: HookRequest) -> None:
    hook = HOOKS.get(request.hook)
    for name in sorted(hook.required) if hook else ():
        if not _given(request.context, name):
            _refuse(name, "is required")


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
