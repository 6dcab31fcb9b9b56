"""One report of an EHR on a card as a row, and what makes two reports the same."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cds_hooks import json
from cds_hooks.models import FeedbackItem
from service.records.tables import moment, searchable


def report_row(service_id: str, client: str, item: FeedbackItem, received_at: datetime) -> dict[str, str]:
    return {
        "digest": _digest(client, item),
        "card": searchable(item.card),
        "client": client,
        "service_id": service_id,
        "outcome": item.outcome,
        "outcome_at": moment(item.at),
        "received_at": moment(received_at),
        "item": json.encode(item).decode(),
    }


def _digest(client: str, item: FeedbackItem) -> str:
    """Same for what the protocol calls a repetition: the same card, outcome, moment and suggestions of one client."""
    identity = [client, item.card, item.outcome, item.at.isoformat(), sorted(item.suggestions)]
    return hashlib.sha256(json.encode(identity)).hexdigest()
