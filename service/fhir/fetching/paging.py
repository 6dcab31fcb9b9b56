"""All pages of one query, as far as limits and time allow; what is missing is said. Knows no sockets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cds_hooks.prefetch import Prefetched, State
from service.fhir.fetching.base import Base
from service.fhir.fetching.budget import Budget
from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.query import Query
from service.fhir.fetching.reading import read_answer

Get = Callable[[str], bytes]
"""Absolute URL inside the base -> body. Raises FetchError."""


class Reader:
    """Reads one query's pages. `outcome` is the first thing that went wrong, ANSWERED if nothing did."""

    def __init__(self, query: Query, base: Base, get: Get, budget: Budget, most_pages: int) -> None:
        self._query = query
        self._base = base
        self._get = get
        self._budget = budget
        self._left = most_pages
        self._seen: set[str] = set()
        self._pages: list[Prefetched] = [query.begun] if query.begun is not None else []
        self.outcome = Outcome.ANSWERED

    def read(self) -> Prefetched:
        """Raises FetchError when not even the first page could be had."""
        try:
            if self._query.begun is None:
                self._read_page(self._base.query(self._query.relative))
            while self._pages[-1].state is State.PAGED:
                self._read_page(self._next_address(self._pages[-1]))
        except FetchError as error:
            if not self._pages:
                raise
            self.outcome = error.outcome
        return _together(tuple(self._pages), self.outcome)

    def so_far(self, outcome: Outcome) -> Prefetched | None:
        """What has come while a thread may still be reading, incomplete for this reason; None when nothing has."""
        pages = tuple(self._pages)
        return _together(pages, outcome) if pages else None

    def _read_page(self, address: str) -> None:
        if address in self._seen or not self._left:
            raise FetchError(Outcome.MORE_PAGES)
        self._seen.add(address)
        self._left -= 1
        page = read_answer(self._query, self._get(address))
        self._budget.take_entries(len(page.resources))
        self._pages.append(page)

    def _next_address(self, page: Prefetched) -> str:
        if page.next_page is None:
            raise FetchError(Outcome.MORE_PAGES)
        return self._base.page(page.next_page)


def _together(pages: tuple[Prefetched, ...], outcome: Outcome) -> Prefetched:
    first, last = pages[0], pages[-1]
    resources = tuple(raw for page in pages for raw in page.resources)
    outcomes = tuple(raw for page in pages for raw in page.outcomes)
    state = first.state if len(pages) == 1 else _state(last, bool(resources))
    trouble = _lasting(pages) or _words(outcome)
    return replace(first, state=state, resources=resources, outcomes=outcomes, next_page=None, trouble=trouble)


def _words(outcome: Outcome) -> str:
    if outcome in {Outcome.ANSWERED, Outcome.MORE_PAGES}:
        return outcome.words
    return f"not complete, {outcome.words}"


def _lasting(pages: tuple[Prefetched, ...]) -> str:
    """What was wrong with a page apart from not being the last one."""
    return next((page.trouble for page in pages if page.trouble and page.trouble != Outcome.MORE_PAGES.words), "")


def _state(last: Prefetched, found: bool) -> State:
    if last.state is State.PAGED:
        return State.PAGED
    return State.BUNDLE if found else State.EMPTY
