"""Checks that the parts of an answer share, so that none is built against the specification. Knows no medicine."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class InvalidCardError(ValueError):
    """A part of an answer breaks the specification. `place` names the member, never its content."""

    def __init__(self, place: str, words: str) -> None:
        super().__init__(f"{place} {words}")
        self.place = place
        self.words = words


def text(place: str, value: str | None, *, optional: bool = False) -> None:
    """Members are left out rather than empty; a text of blanks counts as empty."""
    if value is None and optional:
        return
    if not isinstance(value, str) or not value.strip():
        raise InvalidCardError(place, "must be a text that is not empty")


def one_of(place: str, value: str | None, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise InvalidCardError(place, f"must be one of {', '.join(allowed)}")


def web_address(place: str, value: str | None, *, optional: bool = False) -> None:
    if value is None and optional:
        return
    text(place, value)
    if not is_web_address(value or ""):
        raise InvalidCardError(place, "must be an absolute https URL")


def is_web_address(value: str) -> bool:
    """Whether it is an absolute https URL (http too on the same machine, for demonstrations)."""
    if any(character.isspace() or not character.isprintable() for character in value):
        return False
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))


def unique(place: str, values: Iterable[str | None]) -> None:
    given = [value for value in values if value is not None]
    if len(set(given)) < len(given):
        raise InvalidCardError(place, "must differ from each other")


def extension(place: str, value: Any) -> None:
    """An extension is an object, not FHIR's array; what it holds is its owner's affair."""
    if value is None:
        return
    if not isinstance(value, dict) or not value:
        raise InvalidCardError(place, "must be an object that is not empty")
    for name in value:
        text(f"{place} name", name)
