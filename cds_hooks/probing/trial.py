"""What came of the probes: which rules were tried, which were broken and where. Asks nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cds_hooks import json
from cds_hooks.conformance import RULES, Level, Problem, Rule, check_outcome
from cds_hooks.conformance.rules import rules_about
from cds_hooks.probing.exchange import Ask, Reply, Send


@dataclass(frozen=True, slots=True)
class Broken:
    """One breach. `during`: which probe showed it; `place`: the member, or empty when it is the answer as a whole."""

    during: str
    place: str
    message: str
    level: Level


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule. `is_tried`: whether any probe could show it kept or broken."""

    rule: Rule
    is_tried: bool
    broken: tuple[Broken, ...]

    def is_broken(self, *levels: Level) -> bool:
        return any(breach.level in levels for breach in self.broken)


@dataclass
class Trial:
    """Collects what the probes see."""

    send: Send
    tried: set[str] = field(default_factory=set)
    broken: dict[str, list[Broken]] = field(default_factory=dict)

    def ask(self, during: str, ask: Ask) -> Reply:
        """Sends, and holds the answer against what is true of every answer."""
        reply = self.send(ask)
        if reply.status >= 400:
            self._error(during, reply)
        return reply

    def expect(self, rule: str, holds: bool, during: str, message: str, place: str = "") -> bool:
        self.tried.add(rule)
        if not holds:
            self.problems(during, [Problem(rule, place, message, RULES[rule].level)])
        return holds

    def document(self, during: str, parts: Iterable[str], problems: Iterable[Problem]) -> None:
        """A document with these parts was seen whole, with these problems."""
        self.tried |= rules_about(*parts)
        self.problems(during, problems)

    def problems(self, during: str, problems: Iterable[Problem]) -> None:
        for each in problems:
            self.tried.add(each.rule)
            found = self.broken.setdefault(each.rule, [])
            breach = Broken(during, each.place, each.message, each.level)
            if breach not in found:
                found.append(breach)

    def verdicts(self) -> list[Verdict]:
        """Of every rule, in the order of the list."""
        return [Verdict(r, r.id in self.tried, tuple(self.broken.get(r.id, ()))) for r in RULES.values()]

    def _error(self, during: str, reply: Reply) -> None:
        try:
            found = check_outcome(reply.document())
        except json.BadJsonError:
            found = [Problem("H-1", "", "must be JSON")]
        self.document(during, ["outcome"], [Problem("H-1", each.place, each.message, Level.SHOULD) for each in found])
