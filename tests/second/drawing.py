"""Draws facts: values at, beside and far from limits; missing, stale, undated, preliminary, open-ended, several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

Numbers = tuple[Decimal | None, Decimal | None, bool, bool]
"""Lowest and highest number still possible (None: open), and whether each is itself possible."""


@dataclass(frozen=True)
class Drawn:
    """One fact of one chart. `numbers` or `words` says what it may be; `age` in days, None without a date."""

    name: str
    numbers: Numbers | None = None
    words: tuple[str, ...] = ()
    age: int | None = 0
    preliminary: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Quantity:
    """`usual` is drawn often, so that favourable charts are not rare; `limits` with one step to either side; the rest
    comes from the range `far`.
    """

    name: str
    usual: str
    limits: Sequence[str]
    far: tuple[str, str]
    step: str = "0.1"
    may_be_preliminary: bool = False
    missing: float = 0.1
    may_be_below: bool = True
    """Whether "fewer than" may be drawn; a count of lesions seen is only ever a lower bound (facts.csv)."""

    def draw(self, random: Random) -> Drawn | None:
        if random.random() < self.missing:
            return None
        preliminary = self.may_be_preliminary and random.random() < 0.04
        return Drawn(self.name, self._numbers(random), age=drawn_age(random), preliminary=preliminary)

    def _numbers(self, random: Random) -> Numbers:
        number = self.number(random)
        kind = random.random()
        if kind < 0.04 and self.may_be_below:
            return None, number, True, random.random() < 0.5
        if kind < 0.08:
            return number, None, random.random() < 0.5, True
        return number, number, True, True

    def number(self, random: Random) -> Decimal:
        if random.random() < 0.3:
            return Decimal(self.usual)
        step = Decimal(self.step)
        if random.random() < 0.6:
            return Decimal(random.choice(self.limits)) + random.choice((-1, 0, 1)) * step
        low, high = (int(Decimal(end) / step) for end in self.far)
        return random.randint(low, high) * step


@dataclass(frozen=True)
class Words:
    name: str
    words: Sequence[str]
    missing: float = 0.15
    several: float = 0.05
    usual: float = 0.5
    """Share of the first word."""

    def draw(self, random: Random) -> Drawn | None:
        if random.random() < self.missing:
            return None
        if random.random() < self.several:
            chosen = random.sample(range(len(self.words)), 2)
            words = tuple(self.words[place] for place in sorted(chosen))
        else:
            words = (self.words[0] if random.random() < self.usual else random.choice(self.words),)
        return Drawn(self.name, words=words, age=drawn_age(random))


def drawn_age(random: Random) -> int | None:
    """Mostly fresh; else at or one day beyond a window, long ago, or without a date."""
    kind = random.random()
    if kind < 0.85:
        return random.randint(0, 7)
    if kind < 0.99:
        return random.choice((7, 8, 30, 31, 42, 43, 56, 57, 60, 61, 90, 91, 180, 181, 400))
    return None


def in_si(drawn: Drawn, random: Random) -> Drawn:
    """Bilirubin as a laboratory that reports umol/L gives it: at and beside its limits, or anywhere."""
    limit = random.choice(("34", "51", "34.2", "51.3", "17.1", "25.65"))
    number = Decimal(limit) + random.choice((-1, 0, 1)) * Decimal("0.1")
    if random.random() < 0.4:
        number = Decimal(random.randint(20, 4000)) / 10
    return replace(drawn, numbers=(number, number, True, True), unit="umol/L")
