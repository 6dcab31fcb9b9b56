"""Feedback as rows for other programs: one JSON object a line, or CSV that a spreadsheet opens without running it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from cds_hooks.json import encode
from service.records.ledger import Reported

_COLUMNS = (
    "received_at", "client", "service", "card", "card_known", "therapy", "status", "indicator", "threshold_set",
    "outcome", "outcome_at", "accepted_suggestions", "reason_code", "reason_system", "reason_display", "comment",
)  # fmt: skip
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_OF_A_DECISION = ("therapy", "status", "indicator", "threshold_set")


def as_lines(reports: Iterable[Reported]) -> Iterator[str]:
    """NDJSON: service, client, receivedAt, known, decisions, and the report as it came under `feedback`."""
    for each in reports:
        entry = {
            "service": each.service_id,
            "client": each.client,
            "receivedAt": each.received_at,
            "known": bool(each.decisions),
            "decisions": [{name: row[name] for name in _OF_A_DECISION} for row in each.decisions],
            "feedback": each.item,
        }
        yield encode(entry).decode()


def as_csv(reports: Iterable[Reported]) -> Iterator[str]:
    """A header and a line for each report, every cell quoted."""
    yield _line(_COLUMNS)
    for each in reports:
        yield _line([_safe(cell) for cell in _cells(each)])


def _cells(each: Reported) -> list[str]:
    reason = each.item.override_reason.reason if each.item.override_reason else None
    comment = each.item.override_reason.user_comment if each.item.override_reason else None
    return [
        each.received_at, each.client, each.service_id, each.item.card, "yes" if each.decisions else "no",
        *(" ".join(dict.fromkeys(row[name] for row in each.decisions)) for name in _OF_A_DECISION),
        each.item.outcome, each.item.at.isoformat(), " ".join(each.item.suggestions),
        *((reason.code or "", reason.system or "", reason.display or "") if reason else ("", "", "")), comment or "",
    ]  # fmt: skip


def _safe(cell: str) -> str:
    """Spreadsheets run what begins so; an apostrophe makes it text."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    return text.getvalue()
