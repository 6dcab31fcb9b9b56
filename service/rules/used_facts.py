"""Which facts the criteria rest on, directly or through a computation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.clinical.dictionary import FACTS

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def used_facts(compared: Iterable[str]) -> set[str]:
    """The compared facts and those that `how_obtained` or `definition` of facts.csv names as their inputs."""
    used: set[str] = set()
    waiting = list(compared)
    while waiting:
        name = waiting.pop()
        if name in FACTS and name not in used:
            used.add(name)
            waiting += _NAME.findall(FACTS[name].how_obtained)
            waiting += _NAME.findall(FACTS[name].definition)
    return used
