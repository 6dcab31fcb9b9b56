"""Facts as canonical JSON and back, so that a decision can be computed again from its record. Knows no criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from service.clinical.values import NOT_RECORDED, Fact, Interval, Origin, State, Value

_encode = msgspec.json.Encoder(order="sorted").encode
_FLAGS = tuple(name for name, default in Fact._field_defaults.items() if default is False)
_HIDDEN = ("reason", "source")
_WITHIN = ("last", "firm")
_AS_THEY_ARE = ("unit", "reported", "inputs", "marks", *_FLAGS)
_PLAIN = ("reason", "unit", "source", "reported", *_FLAGS)


def facts_json(facts: Mapping[str, Fact], names: Iterable[str], hide: Callable[[str], str]) -> str:
    """The facts of `names` and those that they were computed from; what is simply not recorded is left out.

    hide  replaces the identifiers in a text
    """
    used: dict[str, Any] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        fact = facts.get(name)
        if fact is None or name in used or _says_nothing(fact):
            continue
        used[name] = _entry(fact, hide)
        waiting += fact.inputs
    return _encode(used).decode()


def read_facts(text: str) -> dict[str, Fact]:
    """The facts that `facts_json` wrote."""
    return {name: _fact(name, entry) for name, entry in msgspec.json.decode(text).items()}


def _says_nothing(fact: Fact) -> bool:
    return fact.is_unknown and fact.reason == NOT_RECORDED and not fact.inputs and fact.last is None


def _entry(fact: Fact, hide: Callable[[str], str]) -> dict[str, Any]:
    """What is said of the fact; what is empty is left out."""
    entry: dict[str, Any] = {"state": fact.state.value, "origin": fact.origin.value}
    entry |= {name: content for name in _AS_THEY_ARE if (content := getattr(fact, name))}
    entry |= {name: hide(text) for name in _HIDDEN if (text := getattr(fact, name))}
    if fact.value is not None:
        entry["value"] = _written(fact.value)
    if fact.values:
        entry["values"] = [_written(value) for value in fact.values]
    if fact.interval is not None:
        bounds = fact.interval
        entry["interval"] = [_written(bounds.low), _written(bounds.high)]
        entry["open"] = [not bounds.low_included, not bounds.high_included]
    if fact.on is not None:
        entry["on"] = fact.on.isoformat()
    for name in _WITHIN:
        if (inner := getattr(fact, name)) is not None:
            entry[name] = {"name": inner.name, **_entry(inner, hide)}
    return entry


def _written(value: Value | None) -> Any:
    """A number as an object, so that it is told from a text that looks like one."""
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _read(value: Any) -> Any:
    return Decimal(value["number"]) if isinstance(value, dict) else value


def _fact(name: str, entry: Mapping[str, Any]) -> Fact:
    on = entry.get("on")
    return Fact(
        name=name,
        state=State(entry["state"]),
        value=_read(entry.get("value")),
        values=tuple(_read(value) for value in entry.get("values", ())),
        interval=_interval(entry) if "interval" in entry else None,
        on=date.fromisoformat(on) if on else None,
        origin=Origin(entry["origin"]),
        inputs=tuple(entry.get("inputs", ())),
        marks=tuple(entry.get("marks", ())),
        last=_inner(entry, "last"),
        firm=_inner(entry, "firm"),
        **{key: entry[key] for key in _PLAIN if key in entry},
    )


def _inner(entry: Mapping[str, Any], name: str) -> Fact | None:
    return _fact(entry[name]["name"], entry[name]) if name in entry else None


def _interval(entry: Mapping[str, Any]) -> Interval:
    (low, high), (low_open, high_open) = entry["interval"], entry["open"]
    return Interval(_read(low), _read(high), low_included=not low_open, high_included=not high_open)
