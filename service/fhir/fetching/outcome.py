"""What may come of one query to a record system: a word for metrics and logs, and words for a clinician."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """`label` for machines; `words` for a clinician; `is_outage`: the system itself is at fault, not the query."""

    ANSWERED = ("answered", "", False)
    TIMEOUT = ("timeout", "the record system did not answer in time", True)
    UNREACHABLE = ("unreachable", "the record system could not be reached", True)
    INSECURE = ("insecure", "no secure connection to the record system was possible", True)
    BLOCKED = ("blocked", "this service may not connect to the record system", True)
    BUSY = ("busy", "the record system was too busy", True)
    SERVER_ERROR = ("server_error", "the record system reported an error", True)
    PAUSED = ("paused", "the record system has not been answering", True)
    ERROR = ("error", "the record system reported an error", False)
    DENIED = ("denied", "the record system gave no access to it", False)
    NOT_FOUND = ("not_found", "the record system does not know it", False)
    REDIRECTED = ("redirected", "the record system sent no data", False)
    UNREADABLE = ("unreadable", "the record system's answer could not be read", False)
    WRONG_KIND = ("wrong_kind", "the record system sent something else than was asked for", False)
    TOO_LARGE = ("too_large", "the record system sent too much", False)
    FOREIGN_PAGE = ("foreign_page", "further pages lie outside the record system", False)
    MORE_PAGES = ("more_pages", "more pages follow", False)
    UNFILLABLE = ("unfillable", "the call does not say enough to ask for it", False)

    @property
    def label(self) -> str:
        return self.value[0]

    @property
    def words(self) -> str:
        return self.value[1]

    @property
    def is_outage(self) -> bool:
        return self.value[2]


class FetchError(Exception):
    """A query brought nothing that can be used. Holds no address, no token and nothing of what came."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.label)
        self.outcome = outcome


_BY_STATUS = {
    401: Outcome.DENIED,
    403: Outcome.DENIED,
    404: Outcome.NOT_FOUND,
    410: Outcome.NOT_FOUND,
    429: Outcome.BUSY,
}


def of_status(status: int) -> Outcome:
    """What an HTTP status means for a query; only 200 brings data."""
    if status == 200:
        return Outcome.ANSWERED
    if 300 <= status < 400:
        return Outcome.REDIRECTED
    return _BY_STATUS.get(status, Outcome.SERVER_ERROR if status >= 500 else Outcome.ERROR)
