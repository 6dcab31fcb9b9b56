"""The two hooks: from a call to its cards. Which data came, which orders count, what is said when it cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from cds_hooks.context import OrderContext, order_context
from cds_hooks.errors import BadRequestError, PreconditionFailedError
from cds_hooks.models import Card, HookRequest, Response
from cds_hooks.prefetch import classify
from cds_hooks.registry import Call, Service
from service.cards.card import card_for
from service.cards.notices import CannotReason, cannot_check_card, mismatch_card, unmapped_card
from service.cards.style import ANSWER_EXTENSION, CardStyle
from service.clients import Client
from service.fhir.fetching.fetcher import Completed, Fetcher
from service.fhir.orders import Order, OrdersError
from service.order_check import OrderCheck, OrderResult, PatientData, patient_data
from service.records.given import Given
from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet
from service.web.metrics import Metrics
from service.web.naming import order_priority, order_title
from service.web.preferences import Drafted, chosen, room_for_note

CountUnmapped = Callable[[str, Order], None]
"""Called with the client's name and an unmapped order whose text looks liver-directed; must not raise."""
TakeNote = Callable[[Given], None]
"""Called with every card; must neither raise nor wait."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One call, opened. `name` is the client's."""

    request: HookRequest
    call: Call
    context: OrderContext
    name: str
    client: Client
    check: OrderCheck

    @property
    def hook_instance(self) -> str:
        return self.request.hook_instance


@dataclass(frozen=True)
class Hooks:
    """Everything that answering needs, loaded at start. `prefetch`: the declared keys with their templates;
    `deadline`: seconds for one call; `development`: FHIR servers may be on this machine;
    `pages_url`: where the pages on the criteria are served, empty for no link to them."""

    knowledge: Knowledge
    thresholds: ThresholdSet
    clients: Mapping[str, Client]
    prefetch: Mapping[str, str]
    count_unmapped: CountUnmapped
    take_note: TakeNote
    metrics: Metrics
    deadline: float = 1.5
    development: bool = False
    pages_url: str = ""
    checks: dict[str, OrderCheck] = field(default_factory=dict)
    fetchers: dict[str, Fetcher] = field(default_factory=dict)
    tumours: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tumours.update((therapy.id, therapy.tumours) for therapy in self.knowledge.therapies.values())
        for name, client in self.clients.items():
            self.checks[name] = OrderCheck(self.knowledge, self.thresholds, client.site())
            self.fetchers[name] = Fetcher(
                name, client.fhir, self.prefetch, self._count_fetch, development=self.development
            )

    def answer(self, request: HookRequest, call: Call) -> Response:
        """The cards of one call. Raises PreconditionFailedError when an order counts, nothing came and nothing may be
        fetched."""
        until = monotonic() + self.deadline - min(_RESERVE, self.deadline * _RESERVED_PART)
        asked = self._opened(request, call)
        orders = _orders(asked)
        self._count(asked.name, orders)
        data, patient = Completed({}, {}), PatientData(())
        if any(order.therapies for order in orders):
            data = self._complete(asked, until)
            patient = patient_data(data.values)
        if not patient.arrived:
            return self._without_record(asked, orders, data)
        today = call.received_at.astimezone(asked.check.site.time_zone).date()
        results = asked.check.judge(orders, patient, asked.context.patient_id, today)
        for decision in (decision for result in results for decision in result.decisions):
            self.metrics.statuses.labels(decision.therapy, decision.status.word).inc()
        return self._response(asked, results)

    def fallback(self, _service: Service, request: HookRequest, call: Call, _error: Exception) -> Response:
        """The answer when answering itself failed: an order for a therapy is never met with silence."""
        asked = self._opened(request, call)
        return self._cannot(asked, _orders(asked), CannotReason.INTERNAL)

    def _opened(self, request: HookRequest, call: Call) -> _Asked:
        name = call.client or next(iter(self.clients))
        return _Asked(request, call, order_context(request), name, self.clients[name], self.checks[name])

    def _complete(self, asked: _Asked, until: float) -> Completed:
        """What was sent, and what could be fetched of the rest until then."""
        sent = classify(self.prefetch, asked.request.prefetch)
        return self.fetchers[asked.name].complete(sent, asked.request, asked.context.patient_id, until)

    def _count_fetch(self, client: str, outcome: str) -> None:
        self.metrics.fetches.labels(client, outcome).inc()

    def _count(self, client: str, orders: Sequence[Order]) -> None:
        for order in orders:
            if order.looks_liver_directed and not order.therapies:
                self.count_unmapped(client, order)

    def _without_record(self, asked: _Asked, orders: Sequence[Order], data: Completed) -> Response:
        if data.outcomes:
            late = CannotReason.DEADLINE if data.ran_out_of_time else CannotReason.FHIR_FAILURE
            return self._cannot(asked, orders, late)
        if asked.request.authorization is None:
            raise PreconditionFailedError(
                f"prefetch: none of {', '.join(self.prefetch)} came, and no access to the FHIR server was given"
            )
        return self._cannot(asked, orders, CannotReason.NO_ACCESS)

    def _cannot(self, asked: _Asked, orders: Sequence[Order], reason: CannotReason) -> Response:
        style, drafted = self._style(asked.client), []
        for order in (order for order in orders if order.therapies):
            card = cannot_check_card(
                order.reference, self._title(order), reason, style=style, hook_instance=asked.hook_instance,
                therapies=order.therapies,
            )  # fmt: skip
            drafted.append(Drafted(card, order, reason=reason.word))
        return self._sent(asked, drafted, [_why(order, reason.word) for order in orders if order.therapies])

    def _response(self, asked: _Asked, results: Sequence[OrderResult]) -> Response:
        cards = [(result, self._card(result, asked)) for result in results]
        drafted = [
            Drafted(card, result.order, result.decisions, result.reason) for result, card in cards if card is not None
        ]
        return self._sent(asked, drafted, [_why(result.order, result.reason) for result in results if result.reason])

    def _sent(self, asked: _Asked, drafted: Sequence[Drafted], why: list[dict[str, Any]]) -> Response:
        """The cards that this client wants; those that it does not are told to machines, with the reason."""
        every = chosen(drafted, asked.client.card, asked.request.hook)
        for each in every:
            self._note(asked, each)
        why += [{**_why(each.order, each.left_out), "status": _word(each)} for each in every if each.left_out]
        cards = tuple(each.card for each in every if not each.left_out)
        return Response(cards=cards, extension={ANSWER_EXTENSION: why} if why else None)

    def _note(self, asked: _Asked, each: Drafted) -> None:
        self.take_note(
            Given(
                card=each.card.uuid or "", client=asked.name, hook_instance=asked.hook_instance,
                patient=asked.context.patient_id, order=each.order.reference,
                indicator="not_shown" if each.left_out else each.card.indicator,
                decisions=tuple(each.decisions), reason=each.reason, thresholds=self.thresholds,
                knowledge=self.knowledge, at=asked.call.received_at,
            )
        )  # fmt: skip

    def _card(self, result: OrderResult, asked: _Asked) -> Card | None:
        order, style, instance = result.order, self._style(asked.client), asked.hook_instance
        title = self._title(order)
        if result.decisions:
            return card_for(
                result.decisions,
                style=style,
                references=self.knowledge.references,
                hook_instance=instance,
                patient=f"Patient/{asked.context.patient_id}",
                order_title=title,
                priority=order_priority(order),
                windows=self.knowledge.windows,
                tumours=self.tumours,
            )
        if result.reason == "patient_mismatch":
            return mismatch_card(order.reference, title, style=style, hook_instance=instance, therapies=order.therapies)
        if result.reason == "not_mapped" and asked.client.card.unmapped:
            return unmapped_card(order.reference, title, style=style, hook_instance=instance)
        return None

    def _style(self, client: Client) -> CardStyle:
        room = room_for_note(client.card)
        return CardStyle(
            max_characters=room.max_characters, max_lines=room.max_lines, orderables=client.orderables,
            pages_url=self.pages_url,
        )  # fmt: skip

    def _title(self, order: Order) -> str:
        """The therapy's short word, or what tells the order from others in the list: its code."""
        if len(order.therapies) == 1:
            return self.knowledge.therapies[order.therapies[0]].short
        return order_title(order)


_RESERVE, _RESERVED_PART = 0.2, 0.2
"""Of a call's time kept for judging what was fetched: seconds, but no more than this part of it."""


def _orders(asked: _Asked) -> list[Order]:
    try:
        return asked.check.orders(asked.context.draft_orders, asked.context.selections)
    except OrdersError as error:
        raise BadRequestError(f"context.draftOrders: {error}") from None


def _why(order: Order, reason: str) -> dict[str, Any]:
    therapies = order.therapies
    therapy: str | list[str] | None = therapies[0] if len(therapies) == 1 else list(therapies) or None
    return {"order": order.reference, "therapy": therapy, "reason": reason}


def _word(each: Drafted) -> str:
    return each.status.word if each.status is not None else each.reason
