"""SQL is built by SQLAlchemy from names of ours; what comes from outside is only ever a bound value."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "service").rglob("*.py"))
RAW = {"text", "exec_driver_sql", "executescript", "literal_column"}
# pragmas and locks of ours, whose values are numbers of ours
PRAGMAS = {"service/records/storage.py", "service/records/migrations/run.py"}


def _raw(tree: ast.AST) -> Iterator[int]:
    """Lines where SQL text is made of anything but a constant."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            is_sql = name in RAW - {"text"} or (
                name == "execute" and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
            )
            if is_sql and not _is_constant(node.args[0]):
                yield node.lineno


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _is_constant(node.body) and _is_constant(node.orelse)
    return isinstance(node, ast.Constant)


@pytest.mark.reliability(65)
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_it_makes_no_sql_of_text_from_outside(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy")
    imported = {alias.name for node in imports for alias in node.names}
    assert "text" not in imported
    if path.relative_to(ROOT).as_posix() not in PRAGMAS:
        assert list(_raw(tree)) == []


def test_it_would_find_it() -> None:
    assert list(_raw(ast.parse("c.execute(f'SELECT {x}')\nc.exec_driver_sql(x)\nc.execute('SELECT ' + x)"))) == [
        1,
        2,
        3,
    ]
    assert list(_raw(ast.parse("c.exec_driver_sql('BEGIN' if r else 'BEGIN IMMEDIATE')"))) == []
