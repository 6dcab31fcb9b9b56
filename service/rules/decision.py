"""A decision: one therapy on one chart under one threshold set. Written by the engine alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from msgspec import Struct

from service.clinical.chart import Unreadable
from service.clinical.values import Fact
from service.rules.model import Kind, Missing, Note, When


class Status(IntEnum):
    """Worst first: the smaller is the worse, so min() of several decisions is their status. `word` is for machines."""

    CONTRAINDICATED = 0
    NOT_MET = 1
    NEEDS_DATA = 2
    REVIEW = 3
    CONFIRM = 4
    NONE_FOUND = 5

    @property
    def word(self) -> str:
        return self.name.lower()


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Finding(Struct, frozen=True, kw_only=True):
    """One criterion's outcome. A Struct, as every decision makes more than a hundred from their blanks.

    fact       the fact as judged (stale or preliminary already turned to unknown); of `any of`, the one that settled it
    found      its value as the record gives it with unit ("2.4 mg/dL", "refractory"), "" if nothing was found
    limit      the limit in force with unit ("2.0 mg/dL"), default that it differs from in `default_limit`
    missing    what its being unknown means here (`only if` unknown turns it into ask)
    say        the sentence when not met, placeholders filled; ask: the sentence when unknown
    applies_if "applies if …" when an `only if` could not be settled, else ""
    decides    whether this finding belongs to those that set the status
    repeat     the card asks to repeat the datum before the procedure
    conflict   numbers of the disagreements between sources; "" also for a value that no limit they allow would meet
    strength   how strong the source calls it; evidence: read | knowledge | convention, as in the file
    """

    criterion: str
    module: str
    title: str
    kind: Kind
    outcome: Outcome
    fact: Fact
    fact_names: tuple[str, ...]
    op: str
    found: str
    limit: str
    missing: Missing
    when: When
    say: str
    ask: str
    cite: tuple[str, ...]
    conflict: str = ""
    default_limit: str = ""
    applies_if: str = ""
    decides: bool = False
    repeat: bool = False
    strength: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a source names in place of the ordered therapy, or before it; written by service/alternatives.

    rule         id of the rule that names it
    therapy      what it would be an order for; None for a referral, a test or advice
    needs        the first facts that must be known before it can be told whether it is ruled out; `more_needs` counts
                 the others
    """

    rule: str
    text: str
    therapy: str | None = None
    needs: tuple[str, ...] = ()
    more_needs: int = 0
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """`findings` in the order of the files, procedure rows included (they never touch `status`)."""

    order: str
    therapy: str
    title: str
    short: str
    status: Status
    findings: tuple[Finding, ...]
    facts: Mapping[str, Fact]
    threshold_set: str
    """full hash"""
    knowledge: str
    as_of: date
    notes: tuple[Note, ...] = ()
    alerts: tuple[str, ...] = ()
    """said first on the card, whatever the findings"""
    unreadable: tuple[Unreadable, ...] = ()
    incomplete: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
