"""Reads the `criteria:` of a file: criteria and notes, every word checked against the closed vocabulary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.clinical.freshness import Window
from service.rules.cells import Cell
from service.rules.comparisons import OPERATORS, Placed, Scope, read_comparison, read_conditions
from service.rules.model import Criterion, Kind, Missing, Note, Reference, Threshold, When
from service.rules.sources import CriterionRow, NoteRow, ThresholdRow
from service.rules.threshold_rows import cited

KEYS = (
    "id", "title", "kind", "only if", "fact", *OPERATORS, "any of", "fresh", "missing", "when", "say", "ask", "cite",
    "replaces", "conflict", "strength", "evidence", "from",
)  # fmt: skip
NOTE_KEYS = ("note", "id", "only if", "cite")
_TEST_KEYS = ("fact", *OPERATORS)
_EVIDENCE = ("read", "knowledge", "convention")
_KINDS = tuple(kind.value for kind in Kind)
_PLACEHOLDER = re.compile(r"\{[^}]*\}?")
PLACEHOLDERS = ("{found}", "{limit}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the rows of one file may name."""

    file_id: str
    references: dict[str, Reference]
    windows: dict[str, Window]
    thresholds: dict[str, ThresholdRow]

    @property
    def scope(self) -> Scope:
        return Scope(self.file_id, self.thresholds.keys())


def read_rows(cell: Cell, words: Vocabulary) -> tuple[tuple[CriterionRow, ...], tuple[NoteRow, ...]]:
    criteria: list[CriterionRow] = []
    notes: list[NoteRow] = []
    for row in cell.cells():
        if _is_note(row):
            notes.append(_note(row, row.table(NOTE_KEYS), words, len(notes) + 1))
        else:
            criteria.append(_criterion(row, row.table(KEYS), words))
    return tuple(criteria), tuple(notes)


def _is_note(row: Cell) -> bool:
    pairs = row.node.value if not row.is_scalar and not row.is_list else []
    return any(key.value == "note" for key, _ in pairs)


def _note(row: Cell, table: dict[str, Cell], words: Vocabulary, position: int) -> NoteRow:
    conditions = _conditions(table, words)
    name = table["id"].text() if "id" in table else f"{words.file_id}-note-{position}"
    text, cites = table["note"].text(), cited(table.get("cite"), words.references)
    note = Note(name, words.file_id, text, cites, tuple(placed.comparison for placed in conditions))
    return NoteRow(note, row.place, conditions)


def _criterion(row: Cell, table: dict[str, Cell], words: Vocabulary) -> CriterionRow:
    for key in ("id", "title", "kind"):
        if key not in table:
            row.refuse(f"criterion without {key}")
    tests, conditions = _tests(row, table, words), _conditions(table, words)
    kind, kind_threshold = _kind(table.get("kind"), words)
    replaces = tuple((item.text(), item.place) for item in table["replaces"].items()) if "replaces" in table else ()
    criterion = Criterion(
        id=_text(table, "id"),
        module=words.file_id,
        title=_text(table, "title"),
        kind=kind,
        tests=tuple(placed.comparison for placed in tests),
        only_if=tuple(placed.comparison for placed in conditions),
        fresh=_word(table, "fresh", tuple(words.windows), "unknown freshness class"),
        missing=Missing(_word(table, "missing", tuple(Missing)) or Missing.BLOCK),
        when=When(_word(table, "when", tuple(When)) or When.ORDER),
        say=_sentence(table, "say"),
        ask=_sentence(table, "ask"),
        cite=cited(table.get("cite"), words.references),
        replaces=tuple(name for name, _ in replaces),
        kind_threshold=kind_threshold,
        conflict=_text(table, "conflict"),
        strength=_text(table, "strength"),
        evidence=_word(table, "evidence", _EVIDENCE),
        source_rows=table["from"].words() if "from" in table else (),
    )
    return CriterionRow(criterion, row.place, (*tests, *conditions), replaces)


def _text(table: dict[str, Cell], key: str) -> str:
    return table[key].text() if key in table else ""


def _word(table: dict[str, Cell], key: str, allowed: tuple[str, ...], message: str = "unknown word") -> str:
    return table[key].word(allowed, message) if key in table else ""


def _sentence(table: dict[str, Cell], key: str) -> str:
    text = _text(table, key)
    for found in _PLACEHOLDER.findall(text):
        if found not in PLACEHOLDERS:
            table[key].refuse("unknown placeholder", found, PLACEHOLDERS)
    return text


def _conditions(table: dict[str, Cell], words: Vocabulary) -> tuple[Placed, ...]:
    return tuple(read_conditions(table["only if"], words.scope)) if "only if" in table else ()


def _tests(row: Cell, table: dict[str, Cell], words: Vocabulary) -> tuple[Placed, ...]:
    if "any of" not in table:
        return tuple(read_comparison(table, row, words.scope))
    for key in _TEST_KEYS:
        if key in table:
            table[key].refuse_key("stands inside `any of`, not beside it", key)
    alternatives = table["any of"].cells()
    if len(alternatives) < 2:
        table["any of"].refuse("at least two alternatives are needed")
    return tuple(test for item in alternatives for test in read_comparison(item.table(_TEST_KEYS), item, words.scope))


def _kind(cell: Cell | None, words: Vocabulary) -> tuple[Kind, str | None]:
    """The kind, or the default of the choice threshold that decides it and the threshold's id."""
    if cell is None:
        return Kind.ABSOLUTE, None
    choices = {name: row.threshold for name, row in words.thresholds.items() if row.threshold.choices}
    word = cell.word((*_KINDS, *choices), "unknown kind")
    threshold = choices.get(word)
    if threshold is None:
        return Kind(word or Kind.ABSOLUTE), None
    return _chosen_kind(cell, word, threshold), threshold.id


def _chosen_kind(cell: Cell, word: str, threshold: Threshold) -> Kind:
    wrong = [choice for choice in threshold.choices if choice not in _KINDS]
    if wrong:
        cell.refuse(f"choices of {word} are not kinds", wrong[0], _KINDS)
        return Kind.ABSOLUTE
    strictest_first = sorted(threshold.choices, key=_KINDS.index)
    if list(threshold.choices) != strictest_first:
        cell.refuse(f"choices of {word} stand strictest first", ", ".join(threshold.choices), strictest_first)
    return Kind(str(threshold.default)) if threshold.default else Kind.ABSOLUTE
