"""A hook request from a file, judged in process: what `explain` and the tests of fixtures share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cds_hooks.context import order_context
from cds_hooks.prefetch import classify
from cds_hooks.requests import read_request
from service.clients import load_clients
from service.codes.prefetch import templates
from service.fixtures import demo_clients
from service.order_check import OrderCheck, OrderResult, patient_data
from service.rules.loader import load
from service.thresholds.in_force import in_force


@dataclass(frozen=True, slots=True)
class Setup:
    """Which client's view and which thresholds to judge with; None stands for the demo client and the defaults."""

    clients: Path | None = None
    client: str | None = None
    thresholds: Path | None = None

    def check(self) -> OrderCheck:
        """Raises ClientsError, KnowledgeError, or KeyError for an unknown client."""
        knowledge = load()
        clients = load_clients(self.clients or demo_clients(), frozenset(knowledge.therapies))
        name = self.client or next(iter(clients))
        return OrderCheck(knowledge, in_force(knowledge, self.thresholds), clients[name].site())


def judge_file(path: Path, check: OrderCheck, as_of: date) -> list[OrderResult]:
    """Every order of the request in `path`. Raises BadJsonError, ProtocolError or OSError."""
    request = read_request(path.read_bytes())
    context = order_context(request)
    orders = check.orders(context.draft_orders, context.selections)
    return check.judge(orders, patient_data(classify(templates(), request.prefetch)), context.patient_id, as_of)
