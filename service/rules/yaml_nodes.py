"""Composes YAML text into nodes that keep their places, every scalar still text. Knows no medicine.

YAML's own typing would read `no` as false, `on` as true and `12:30` as 750; here a scalar stays text until our grammar
types it. Anchors, aliases, tags and duplicate keys are refused: they hide what a reader of the file sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml._yaml import CParser

from service.rules.problems import Place, Problem

_INDIRECT = re.compile(r"(?:^|[\s\[{,:\-?])[&*!]\S", re.MULTILINE)
"""Cheap test whether the text could hold an anchor, alias or tag at all."""


class _Untyped(CParser):
    """The C composer without implicit types: every untagged node gets the empty tag."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        return ""

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Path resolvers are not used."""

    def ascend_resolver(self) -> None:
        """Path resolvers are not used."""


def compose(text: str, file: str, problems: list[Problem]) -> yaml.Node | None:
    """The root node of `text`; None where it is empty, or after adding the problems that it has."""
    try:
        indirect = list(_indirections(text, file))
        root = None if indirect else _Untyped(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax(error, file))
        return None
    problems.extend(indirect)
    return root


def _indirections(text: str, file: str) -> Iterator[Problem]:
    if not _INDIRECT.search(text):
        return
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        mark = event.start_mark
        place = Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            yield Problem(place, "aliases are not allowed", f"*{anchor}")
        elif anchor:
            yield Problem(place, "anchors are not allowed", f"&{anchor}")
        elif tag:
            yield Problem(place, "tags are not allowed", tag)


def _syntax(error: yaml.MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)
    words = " ".join(part for part in (error.context, error.problem) if part)
    return Problem(place, f"not readable as YAML: {words}")
