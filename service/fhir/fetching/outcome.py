"""What may come of one query to a record system: a word for metrics and logs, and words for a clinician."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """`label` for machines; `words` for a clinician; `is_sign_of_life`: whether the system answers at all, None where
    nothing was asked of it."""

    ANSWERED = ("answered", "", True)
    TIMEOUT = ("timeout", "the record system did not answer in time", False)
    UNREACHABLE = ("unreachable", "the record system could not be reached", False)
    INSECURE = ("insecure", "no secure connection to the record system was possible", False)
    BLOCKED = ("blocked", "this service may not connect to the record system", False)
    BUSY = ("busy", "the record system was too busy", False)
    SERVER_ERROR = ("server_error", "the record system reported an error", False)
    PAUSED = ("paused", "the record system has not been answering", None)
    ERROR = ("error", "the record system reported an error", True)
    DENIED = ("denied", "the record system gave no access to it", True)
    NOT_FOUND = ("not_found", "the record system does not know it", True)
    REDIRECTED = ("redirected", "the record system sent no data", True)
    UNREADABLE = ("unreadable", "the record system's answer could not be read", True)
    WRONG_KIND = ("wrong_kind", "the record system sent something else than was asked for", True)
    TOO_LARGE = ("too_large", "the record system sent too much", True)
    FOREIGN_PAGE = ("foreign_page", "further pages lie outside the record system", None)
    MORE_PAGES = ("more_pages", "more pages follow", None)
    UNFILLABLE = ("unfillable", "the call does not say enough to ask for it", None)

    def __init__(self, label: str, words: str, is_sign_of_life: bool | None) -> None:
        self.label = label
        self.words = words
        self.is_sign_of_life = is_sign_of_life


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
