"""What may be wrong with knowledge files, told by file, place, word and allowed words. Knows no grammar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MOST_ALLOWED = 12
"""A longer list of allowed words is cut: the nearest words help more than four hundred names."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a word stands; `line` and `column` count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: `word` is the offending text, `allowed` the words that could stand there."""

    place: Place
    message: str
    word: str = ""
    allowed: tuple[str, ...] = ()

    @property
    def nearest(self) -> str:
        """The allowed word that was probably meant, or empty."""
        return next(iter(get_close_matches(self.word, self.allowed, n=1)), "")

    def __str__(self) -> str:
        parts = [f"{self.place}: {self.message}"]
        if self.word:
            parts.append(f': "{self.word}"')
        if self.nearest:
            parts.append(f' (did you mean "{self.nearest}"?)')
        if self.allowed:
            parts.append(f"; allowed: {_some(self.allowed)}")
        return "".join(parts)


def _some(allowed: tuple[str, ...]) -> str:
    rest = len(allowed) - MOST_ALLOWED
    return ", ".join(allowed[:MOST_ALLOWED]) + (f" … and {rest} more" if rest > 0 else "")


class KnowledgeError(Exception):
    """Files of criteria, thresholds or cases that cannot be used; shown to users without a traceback."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
