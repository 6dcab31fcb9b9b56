"""Reads the CSV tables of this folder, once each. Knows columns, not meanings."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from types import MappingProxyType
from typing import TypeVar

Row = Mapping[str, str]
Key = TypeVar("Key")
Made = TypeVar("Made")


def read(name: str) -> tuple[Row, ...]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def grouped(items: Iterable[Made], key: Callable[[Made], Key]) -> Mapping[Key, tuple[Made, ...]]:
    """Items by key, in the order of the file."""
    found: dict[Key, tuple[Made, ...]] = {}
    for item in items:
        found[key(item)] = (*found.get(key(item), ()), item)
    return MappingProxyType(found)
