"""How a broken rule is told, and the checks that all documents share: members, their types, no empty values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cds_hooks.conformance.rules import Level


@dataclass(frozen=True, slots=True)
class Problem:
    """`rule` is an id of rules.csv; `place` like "cards[0].links[1].url".

    level  the rule's own, or less where only a part of the rule is broken that is recommended or later than 2.0
    """

    rule: str
    place: str
    message: str
    level: Level = Level.SHALL


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an object: its JSON type, whether it must be there, and the words it may hold (none: any), by a
    `rule` of its own or the object's."""

    name: str
    kind: type = str
    required: bool = False
    allowed: tuple[str, ...] = ()
    rule: str = ""


_KIND_WORDS: Mapping[type, str] = {
    str: "a text",
    dict: "an object",
    list: "an array",
    bool: "true or false",
    int: "a number",
}
_MAY_BE_EMPTY = frozenset({"cards", "services", "feedback"})


class Report:
    """Collects problems in the order found."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def shall(self, rule: str, place: str, message: str) -> None:
        self.problems.append(Problem(rule, place, message))

    def should(self, rule: str, place: str, message: str) -> None:
        self.problems.append(Problem(rule, place, message, Level.SHOULD))

    def members(self, rule: str, place: str, value: Any, members: Iterable[Member]) -> dict[str, Any]:
        """The members of an object that have the right type; whatever is missing or wrong is reported."""
        if not isinstance(value, dict):
            self.shall(rule, place, "must be an object")
            return {}
        return {
            member.name: value[member.name]
            for member in members
            if self._has(rule, f"{place}.{member.name}", value, member)
        }

    def _has(self, rule: str, place: str, value: dict[str, Any], member: Member) -> bool:
        if member.name not in value:
            if member.required:
                self.shall(rule, place.removeprefix("."), "is required")
            return False
        found = value[member.name]
        if not isinstance(found, member.kind):
            self.shall(rule, place.removeprefix("."), f"must be {_KIND_WORDS[member.kind]}")
            return False
        if member.allowed and found not in member.allowed:
            self.shall(member.rule or rule, place.removeprefix("."), f"must be one of {', '.join(member.allowed)}")
        return True

    def no_empty_members(self, document: Any, place: str = "") -> None:
        """G-3: what has no value is left out. FHIR resources and extensions have rules of their own."""
        for name, value in document.items() if isinstance(document, dict) else ():
            here = f"{place}.{name}".removeprefix(".")
            if value is None or (value in ("", [], {}) and not (name in _MAY_BE_EMPTY and not place)):
                self.shall("G-3", here, "must be left out when it has no value")
            elif name not in {"resource", "extension"}:
                self.no_empty_members(value, here)
        for index, value in enumerate(document if isinstance(document, list) else ()):
            self.no_empty_members(value, f"{place}[{index}]")

    def differ(self, rule: str, place: str, values: Iterable[Any]) -> None:
        seen = [value for value in values if value is not None]
        if len({str(value) for value in seen}) < len(seen):
            self.shall(rule, place, "must differ from each other")


def numbered(place: str, values: list[Any]) -> Iterable[tuple[str, Any]]:
    """Each with its place: "cards[0]", "cards[1]" …"""
    return ((f"{place}[{index}]", value) for index, value in enumerate(values))
