"""Python source as nested suites, and how it becomes a function.

Python's tokenizer takes a hundred levels of indentation, IR nests deeper: suites beyond a depth
are parsed apart and put into the tree where their place was kept.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast

_PLACE: Final = "suite_"
_DEEPEST: Final = 60


@dataclass(slots=True)
class Suite:
    """`header` with an indented body."""

    header: str
    body: list[Line] = field(default_factory=list)


Line: TypeAlias = str | Suite


def load(function: Suite, name: str, namespace: dict[str, object]) -> Callable[..., Any]:
    """Define the Python function in the namespace and return it.

    This is the one place where text becomes code: text that this package wrote, in which the
    program's own appears only as literals written by `repr` and in names made safe.
    """
    apart: list[list[Line]] = []
    text = "\n".join(_render([function], 0, apart))
    whole = _put_together(text, apart) if apart else text
    exec(compile(whole, f"<{name}>", "exec"), namespace)  # noqa: S102 - as said
    return cast("Callable[..., Any]", namespace[name])


def _put_together(text: str, apart: list[list[Line]]) -> ast.Module:
    """The tree of a text with the suites that were too deep for it in their places."""
    tree = ast.parse(text)
    placed = 0
    while placed < len(apart):
        deeper = ast.parse("\n".join(_render(apart[placed], 0, apart)))
        _put(tree, f"{_PLACE}{placed}", deeper.body)
        placed += 1
    return tree


def render(function: Suite) -> str:
    """The source as one reads it."""
    return "\n".join(_render([function], 0, None))


def _render(lines: list[Line], level: int, apart: list[list[Line]] | None) -> Iterator[str]:
    """The lines, those too deep moved to `apart` (None: no line is too deep)."""
    indent = "    " * level
    for line in lines or ["pass"]:
        if isinstance(line, str):
            yield indent + line
            continue
        yield indent + line.header
        if apart is None or level < _DEEPEST:
            yield from _render(line.body, level + 1, apart)
        else:
            yield f"{indent}    {_PLACE}{len(apart)}"
            apart.append(line.body)


def _put(tree: ast.Module, name: str, statements: list[ast.stmt]) -> None:
    """Replace the statement that is just the name by the statements."""
    for node in ast.walk(tree):
        for body in _bodies(node):
            match body:
                case [ast.Expr(ast.Name(found))] if found == name:
                    body[:] = statements


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        found = getattr(node, name, None)
        if isinstance(found, list):
            yield found
