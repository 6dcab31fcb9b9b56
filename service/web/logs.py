"""One JSON object a line on standard error. No patient value, name, identifier or token ever reaches a log call."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""of the request that is being answered; stands in every line that its thread writes"""


class JsonLines(logging.Formatter):
    """Time, level, logger, message, the request's id and `fields` given as extra; of an exception only its kind, since
    its text may quote a record."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identifier := request_id.get():
            entry["request"] = identifier
        entry |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__
        # escaped: some readers end a line at U+2028 or U+0085 too
        return json.dumps(entry)


def configure_logging(level: str) -> None:
    """Sends the loggers `service` and `cds_hooks` to standard error as JSON lines; safe to call again."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("service", "cds_hooks"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level.upper())
        logger.propagate = False
