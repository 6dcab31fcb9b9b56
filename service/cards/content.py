"""Everything a card could say of one reading. Knows no limits of the card as a whole.

Each part is written and escaped when it is first looked at: most of it never finds room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from service.cards.alternatives import alternative_texts
from service.cards.alternatives_shown import shown
from service.cards.asks import asks
from service.cards.findings import LINE_LIMIT, cited, line
from service.cards.heading import heading
from service.cards.judged import DECIDING
from service.cards.not_recorded import not_recorded
from service.cards.procedure import before_the_procedure
from service.cards.reading import Reading
from service.cards.scores import scores
from service.cards.style import CardStyle
from service.cards.subject import unread
from service.cards.text import clip, escaped
from service.rules.model import Kind


@dataclass(frozen=True)
class Content:
    """`lowered` says why the indicator was lowered, or is empty. Of findings and asks no more is written than `style`
    allows to print."""

    reading: Reading
    style: CardStyle
    lowered: str

    @cached_property
    def not_recorded(self) -> Callable[[int], str]:
        """The line of missing facts, by how many of a group there is room to name."""
        return cache(lambda named: not_recorded(self.reading.missing, named=named))

    @property
    def found(self) -> int:
        """How many findings there are to name."""
        return len(self.reading.points)

    @property
    def without_preferences(self) -> int:
        """How many of them are graver than a preference; these stand first."""
        return sum(row.kind is not Kind.PREFERRED for row in self.reading.points)

    @property
    def deciding(self) -> int:
        """How many of them reach the status; these stand first."""
        return sum(row.kind in DECIDING for row in self.reading.points)

    @cached_property
    def heading(self) -> str:
        return heading(self.reading)

    @cached_property
    def findings_in_full(self) -> Sequence[str]:
        return self._findings(most_cited=2)

    @cached_property
    def findings_in_short(self) -> Sequence[str]:
        return self._findings(most_cited=1)

    @cached_property
    def asks(self) -> Sequence[str]:
        return asks(self.reading.waits, self.reading.names, self.style.max_asks, self.reading.first)

    @cached_property
    def scores_in_full(self) -> Sequence[str]:
        return self._scores(with_items=True)

    @cached_property
    def scores_in_short(self) -> Sequence[str]:
        return self._scores(with_items=False)

    @cached_property
    def counts(self) -> str:
        met, total = self.reading.counts
        return f"{met} of {total} met · set {self.reading.decisions[0].threshold_set[:8]}"

    @cached_property
    def procedure_in_full(self) -> str:
        return self._procedure(4)

    @cached_property
    def procedure_in_short(self) -> str:
        return self._procedure(1)

    @cached_property
    def unread(self) -> str:
        return unread(self.reading.decisions)

    @cached_property
    def notes(self) -> Sequence[str]:
        notes = {note.id: note for decision in self.reading.decisions for note in decision.notes}
        return tuple(
            f"{clip(escaped(note.text), LINE_LIMIT)}{cited(note.cite, self.reading.references, 2)}"
            for note in notes.values()
        )

    @cached_property
    def alternatives(self) -> Sequence[str]:
        return alternative_texts(shown(self.reading), self.reading.names, self.reading.references)

    def _findings(self, *, most_cited: int) -> Sequence[str]:
        reading = self.reading
        rows = reading.points[: self.style.max_findings]
        return [line(row, reading.names, reading.references, reading.as_of, most_cited=most_cited) for row in rows]

    def _scores(self, *, with_items: bool) -> Sequence[str]:
        return scores(self.reading.facts, self.reading.rows, self.reading.as_of, with_items=with_items)

    def _procedure(self, most: int) -> str:
        return before_the_procedure(self.reading.rows, self.reading.names, self.reading.as_of, most=most)
