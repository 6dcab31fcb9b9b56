"""What judging a request gives for each order: the worst status of its candidates, or why it was not judged."""

from __future__ import annotations

from collections.abc import Iterable

from service.order_check import OrderResult


def statuses(results: Iterable[OrderResult]) -> dict[str, str]:
    return {result.order.reference: status_of(result) for result in results}


def status_of(result: OrderResult) -> str:
    return min(decision.status for decision in result.decisions).word if result.decisions else result.reason
