"""The code's style, where ruff has no rule for it: arguments by position, and how long a function may be."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = [path for room in ("bot", "localslack") for path in sorted((ROOT / room).rglob("*.py"))]
MOST_FIELDS, MOST_ARGUMENTS, MOST_LINES = 4, 6, 40
VARIADIC = {"Table", "select"}
"""SQLAlchemy's, which take a list of columns."""


def nodes(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Return all nodes of a kind in the code, each with its place."""
    for path in CODE:
        for node in _nodes_of(path):
            if isinstance(node, kind):
                yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


@cache
def _nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def positional_fields(class_: ast.ClassDef) -> int:
    """Return how many fields a dataclass takes by position; 0 for any other class."""
    made = next((ast.unparse(d) for d in class_.decorator_list if ast.unparse(d).startswith("dataclass")), "")
    if not made or "kw_only=True" in made:
        return 0
    count = 0
    for line in class_.body:
        if isinstance(line, ast.AnnAssign):
            if ast.unparse(line.annotation) == "KW_ONLY":
                break
            count += "ClassVar" not in ast.unparse(line.annotation) and "kw_only=True" not in ast.unparse(line)
    return count


def test_a_dataclass_of_more_than_four_fields_is_built_by_their_names() -> None:
    long = [
        f"{at} {c.name}"
        for at, c in nodes(ast.ClassDef)
        if isinstance(c, ast.ClassDef) and positional_fields(c) > MOST_FIELDS
    ]
    assert not long


def test_no_call_passes_more_than_six_arguments_by_position() -> None:
    calls = [(at, call) for at, call in nodes(ast.Call) if isinstance(call, ast.Call)]
    long = [at for at, c in calls if len(c.args) > MOST_ARGUMENTS and ast.unparse(c.func) not in VARIADIC]
    assert not long


def test_no_function_is_longer_than_forty_lines() -> None:
    functions = [*nodes(ast.FunctionDef), *nodes(ast.AsyncFunctionDef)]
    long = [
        f"{at} {ast.unparse(f).splitlines()[0]}"
        for at, f in functions
        if isinstance(f, ast.FunctionDef) and length(f) > MOST_LINES
    ]
    assert not long


def length(function: ast.FunctionDef) -> int:
    """Return a function's lines, its decorators and docstring left out."""
    first = function.body[1] if len(function.body) > 1 and ast.get_docstring(function) else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_no_class_is_called_as_another_one() -> None:
    names = Counter(
        node.name for at, node in nodes(ast.ClassDef) if isinstance(node, ast.ClassDef) and at.startswith("bot/")
    )
    assert [name for name, count in names.items() if count > 1] == []
