"""A value in a knowledge file with its place: typed on request, refused with a problem when it does not fit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from service.rules.problems import Place, Problem
from service.rules.yaml_nodes import compose


@dataclass(slots=True)
class Sheet:
    """One file while it is read: its name for messages and the problems found so far."""

    file: str
    problems: list[Problem] = field(default_factory=list)


class Cell:
    """One node. Reading it as the wrong type adds a problem and gives an empty value, so that reading can go on."""

    __slots__ = ("key", "node", "sheet")

    def __init__(self, node: yaml.Node, sheet: Sheet, key: yaml.Node | None = None) -> None:
        self.node = node
        self.sheet = sheet
        self.key = key

    @property
    def place(self) -> Place:
        return _place(self.node, self.sheet)

    @property
    def key_place(self) -> Place:
        return self.place if self.key is None else _place(self.key, self.sheet)

    @property
    def is_scalar(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def quoted(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.style in {"'", '"'}

    def refuse(self, message: str, word: str = "", allowed: Collection[str] = ()) -> None:
        self.sheet.problems.append(Problem(self.place, message, word, tuple(allowed)))

    def refuse_key(self, message: str, word: str = "", allowed: Collection[str] = ()) -> None:
        self.sheet.problems.append(Problem(self.key_place, message, word, tuple(allowed)))

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            self.refuse("one word or sentence is needed here, not a list or mapping")
            return ""
        text = str(self.node.value).strip()
        if not text:
            self.refuse("is empty")
        return text

    def word(self, allowed: Collection[str], message: str = "unknown word") -> str:
        """The text if it is one of `allowed`, else empty."""
        text = self.text()
        if text and text not in allowed:
            self.refuse(message, text, allowed)
            return ""
        return text

    def flag(self) -> bool:
        return self.word(("true", "false"), "true or false is needed") == "true"

    def cells(self) -> list[Cell]:
        """The items of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse("a list is needed here")
            return []
        return [Cell(item, self.sheet) for item in self.node.value]

    def items(self) -> list[Cell]:
        """The items of a list, or the one scalar that stands for a list of one."""
        return [self] if self.is_scalar else self.cells()

    def words(self) -> tuple[str, ...]:
        return tuple(filter(None, (item.text() for item in self.items())))

    def table(self, allowed: Collection[str] | None = None) -> dict[str, Cell]:
        """Keys and values of a mapping; a key that is not `allowed` or occurs twice is refused and left out."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse("a mapping is needed here")
            return {}
        found: dict[str, Cell] = {}
        for key, value in self.node.value:
            name = Cell(key, self.sheet).text()
            if name and self._accepts(key, name, found, allowed):
                found[name] = Cell(value, self.sheet, key)
        return found

    def _accepts(self, key: yaml.Node, name: str, found: dict[str, Cell], allowed: Collection[str] | None) -> bool:
        if name in found:
            first = found[name].place.line
            Cell(key, self.sheet).refuse(f"duplicate key, first on line {first}", name)
        elif allowed is not None and name not in allowed:
            Cell(key, self.sheet).refuse("unknown key", name, allowed)
        else:
            return True
        return False


def _place(node: yaml.Node, sheet: Sheet) -> Place:
    mark = node.start_mark
    return Place(sheet.file, mark.line + 1, mark.column + 1)


def read_cell(path: Path, file: str, problems: list[Problem], *, may_be_empty: bool = False) -> Cell | None:
    """The root of a YAML file, named `file` in messages; None when it is empty or cannot be read (see `problems`)."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(Place(file), f"cannot be read: {error.__class__.__name__}"))
        return None
    before = len(problems)
    root = compose(text, file, problems)
    if root is None and len(problems) == before and not may_be_empty:
        problems.append(Problem(Place(file), "the file is empty"))
    return None if root is None else Cell(root, Sheet(file, problems))
