"""Every criterion once, with the therapies that hold it. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

from service.rules.model import STANDINGS, Criterion, Knowledge


@dataclass(frozen=True, slots=True)
class Held:
    """A criterion and its therapies. `thresholds` has those of every therapy: one may compare with its own."""

    criterion: Criterion
    therapies: tuple[str, ...]
    thresholds: tuple[str, ...]


def held(knowledge: Knowledge) -> dict[str, Held]:
    """By criterion id, in the order in which the therapies name them."""
    found: dict[str, Held] = {}
    for therapy in knowledge.therapies.values():
        for criterion in (each for inclusion in therapy.inclusions for each in inclusion.criteria):
            before = found.get(criterion.id, Held(criterion, (), ()))
            found[criterion.id] = Held(
                before.criterion,
                (*before.therapies, therapy.id) if therapy.id not in before.therapies else before.therapies,
                tuple(dict.fromkeys((*before.thresholds, *thresholds_of(criterion)))),
            )
    return found


def thresholds_of(criterion: Criterion) -> tuple[str, ...]:
    """The thresholds it compares with, in its tests and conditions, and the one that decides its kind."""
    compared = (each.threshold for each in (*criterion.tests, *criterion.only_if))
    return tuple(dict.fromkeys(name for name in (*compared, criterion.kind_threshold) if name))


def standing(criterion: Criterion, knowledge: Knowledge) -> str:
    """The best standing among its citations."""
    cited = {knowledge.references[key].standing for key in criterion.cite}
    return min(cited, key=_rank, default="no citation")


def _rank(standing: str) -> int:
    return STANDINGS.index(standing) if standing in STANDINGS else len(STANDINGS)
