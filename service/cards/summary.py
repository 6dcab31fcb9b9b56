"""The one sentence of a card: worst first, whole items only, a count of what did not fit. Says no verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.cards.style import SUMMARY_LIMIT
from service.cards.text import clip, plain

Writer = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one sort; `write` turns those that are shown into text.

    `rest`: the words for a group of which none is shown ("31 not recorded"); without them its items count as "more".
    """

    items: tuple[str, ...]
    write: Writer
    rest: str = ""


def listed(label: str = "") -> Writer:
    return lambda items: f"{label}{', '.join(items)}"


def contraindications(items: Sequence[str]) -> str:
    return f"absolute contraindication{'s' if len(items) > 1 else ''} ({'; '.join(items)})"


def unmet(items: Sequence[str]) -> str:
    return f"not met ({'; '.join(items)})"


def relative_ones(items: Sequence[str]) -> str:
    return f"relative contraindication{'s' if len(items) > 1 else ''} ({'; '.join(items)})"


def each(items: Sequence[str]) -> str:
    return "; ".join(items)


def sentence(subject: str, groups: Sequence[Group]) -> str:
    """ "cTACE: absolute contraindication (ascites, refractory); bilirubin 2.4 mg/dL; not recorded: ECOG, +2 more".

    Under 140 characters. Items go from the end, so the worst stay; none is cut.
    """
    head = clip(plain(subject), 44)
    shown = [len(group.items) for group in groups]
    letters = sum(len(item) for group in groups for item in group.items)
    while True:
        # Where the items alone are too long no text needs to be tried.
        text = f"{head}: {_body(groups, shown)}" if letters <= SUMMARY_LIMIT else ""
        if text and (len(text) <= SUMMARY_LIMIT or not any(shown)):
            return text
        last = max(index for index, count in enumerate(shown) if count)
        shown[last] -= 1
        letters -= len(groups[last].items[shown[last]])


def _body(groups: Sequence[Group], shown: Sequence[int]) -> str:
    parts: list[str] = []
    more = 0
    for group, count in zip(groups, shown, strict=True):
        hidden = len(group.items) - count
        if group.rest and not count:
            parts = _counted(parts, more) + ([f"{hidden} {group.rest}"] if hidden else [])
            more = 0
        else:
            parts += [group.write(group.items[:count])] if count else []
            more += hidden
    return "; ".join(_counted(parts, more))


def _counted(parts: list[str], more: int) -> list[str]:
    """The parts, the last one followed by how many of the same sort did not fit."""
    if not more:
        return parts
    return [*parts[:-1], f"{parts[-1]}, +{more} more"] if parts else [f"{more} findings"]
