"""Verdicts on the rules of the specification as a table and as JUnit cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.table import Table

from cds_hooks.conformance import Level
from cds_hooks.probing import Verdict
from service.junit import Case

_BREACHES_SHOWN = 4
NOT_TRIED = "nothing that the service answered shows it"


def verdict_table(verdicts: Iterable[Verdict]) -> Table:
    table = Table("rule", "level", "section", "what it demands", "verdict", title="CDS Hooks conformance")
    for verdict in verdicts:
        rule = verdict.rule
        words = "\n".join([rule.words, *_breaches(verdict)])
        table.add_row(rule.id, rule.level, rule.section, words, _word(verdict))
    return table


def cases(verdicts: Iterable[Verdict], failing: tuple[Level, ...]) -> list[Case]:
    """A case for every rule; it fails where the rule is broken at one of the levels `failing`."""
    return [
        Case(
            f"{verdict.rule.id} {verdict.rule.words}",
            failure=f"{verdict.rule.level} is broken" if verdict.is_broken(*failing) else "",
            details=list(_all(verdict)),
            skipped="" if verdict.is_tried else NOT_TRIED,
        )
        for verdict in verdicts
    ]


def _word(verdict: Verdict) -> str:
    if not verdict.is_tried:
        return "[dim]not tried[/]"
    if verdict.is_broken(Level.SHALL):
        return "[red]broken[/]"
    return "[yellow]not followed[/]" if verdict.broken else "[green]kept[/]"


def _breaches(verdict: Verdict) -> Iterator[str]:
    every = list(_all(verdict))
    yield from (f"[dim]{text.replace('[', chr(92) + '[')}[/]" for text in every[:_BREACHES_SHOWN])
    if len(every) > _BREACHES_SHOWN:
        yield f"[dim]and {len(every) - _BREACHES_SHOWN} more (--junit lists all)[/]"


def _all(verdict: Verdict) -> Iterator[str]:
    for breach in verdict.broken:
        yield f"{breach.during}: {breach.place} {breach.message}".replace("  ", " ")
