"""Reads one therapy or module file into a SourceFile, and the two small files beside them: references and freshness."""

from __future__ import annotations

from dataclasses import dataclass

from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window
from service.rules.cells import Cell
from service.rules.comparisons import Scope, read_conditions
from service.rules.criterion_rows import Vocabulary, read_rows
from service.rules.literals import plain_number
from service.rules.model import STANDINGS, Reference
from service.rules.sources import IncludeRow, SourceFile
from service.rules.threshold_rows import read_thresholds

MODULE_KEYS = ("id", "title", "thresholds", "criteria")
THERAPY_KEYS = ("id", "title", "short", "includes", "tumours", "thresholds", "criteria")
_NEEDED = {True: ("id", "title", "criteria"), False: ("id", "title", "short", "tumours")}
_REFERENCE_KEYS = ("title", "year", "url", "standing", "read", "second hand")
_WINDOW_KEYS = ("judge", "repeat before")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What all files of a folder share."""

    references: dict[str, Reference]
    windows: dict[str, Window]
    modules: tuple[str, ...]


def read_file(cell: Cell, stem: str, shelf: Shelf, *, is_module: bool) -> SourceFile:
    table = cell.table(MODULE_KEYS if is_module else THERAPY_KEYS)
    for key in _NEEDED[is_module]:
        if key not in table:
            cell.refuse(f"file without {key}", "", _NEEDED[is_module])
    file_id = table["id"].word((stem,), "id is not the file's name") if "id" in table else stem
    thresholds = read_thresholds(table["thresholds"], file_id, shelf.references) if "thresholds" in table else {}
    words = Vocabulary(file_id, shelf.references, shelf.windows, thresholds)
    criteria, notes = read_rows(table["criteria"], words) if "criteria" in table else ((), ())
    return SourceFile(
        id=file_id,
        is_module=is_module,
        title=table["title"].text() if "title" in table else "",
        short=table["short"].text() if "short" in table else "",
        tumours=_tumours(table.get("tumours")),
        place=cell.place,
        includes=_includes(table.get("includes"), shelf, words.scope),
        thresholds=thresholds,
        criteria=criteria,
        notes=notes,
    )


def _tumours(cell: Cell | None) -> tuple[str, ...]:
    allowed = FACTS["target_tumour"].values
    return () if cell is None else tuple(filter(None, (item.word(allowed, "unknown tumour") for item in cell.items())))


def _includes(cell: Cell | None, shelf: Shelf, scope: Scope) -> tuple[IncludeRow, ...]:
    rows: dict[str, IncludeRow] = {}
    for item in [] if cell is None else cell.cells():
        table = {"module": item} if item.is_scalar else item.table(("module", "if"))
        if "module" not in table:
            item.refuse("an include names its module", "", ("module", "if"))
            continue
        module = table["module"].word(shelf.modules, "unknown module")
        if module in rows:
            item.refuse("module is included twice", module)
        conditions = tuple(read_conditions(table["if"], scope)) if "if" in table else ()
        rows[module] = IncludeRow(module, table["module"].place, conditions)
    return tuple(row for module, row in rows.items() if module)


def read_references(cell: Cell) -> dict[str, Reference]:
    return {key: _reference(key, body.table(_REFERENCE_KEYS), body) for key, body in cell.table().items()}


def _reference(key: str, table: dict[str, Cell], body: Cell) -> Reference:
    if "title" not in table:
        body.refuse_key("reference without title", key)
    return Reference(
        key=key,
        title=table["title"].text() if "title" in table else "",
        year=int(plain_number(table["year"])) if "year" in table else None,
        url=table["url"].text() if "url" in table else "",
        standing=table["standing"].word(STANDINGS, "unknown standing") if "standing" in table else "",
        read="read" in table and table["read"].flag(),
        second_hand="second hand" in table and table["second hand"].flag(),
    )


def read_windows(cell: Cell) -> dict[str, Window]:
    windows: dict[str, Window] = {}
    for name, body in cell.table().items():
        table = body.table(_WINDOW_KEYS)
        days = {key: int(plain_number(figure)) for key, figure in table.items()}
        windows[name] = Window(days.get("judge"), days.get("repeat before"))
    return windows
