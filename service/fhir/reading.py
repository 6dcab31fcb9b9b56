"""One thing that one resource says about one fact, and when. What it counts for is decided in choose.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from service.clinical.values import Fact
from service.fhir.moments import Moment


class Level(IntEnum):
    """Where a fact comes from; the lower goes before the higher (design.md section 5)."""

    ORDER = 1
    ANSWER = 2
    OWN_CODE = 3
    STANDARD = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """`fact` is what was found, its state unknown when it was found but cannot be understood.

    when        None: the resource gives no time
    ongoing     found once and still holding (an active Condition, a device in place): its time lasts until today
    corrected   the resource says that it replaces an earlier result of the same time
    rank        of several results of one moment the lower rank counts
    passed_over no result and none expected ("not performed"): an older one may be used, with a mark
    """

    fact: Fact
    when: Moment | None
    level: Level = Level.STANDARD
    ongoing: bool = False
    corrected: bool = False
    passed_over: bool = False
    rank: int = 1
