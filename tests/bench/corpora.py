"""Real functions to measure on, read from where the user has them. None are part of autoform."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["DATA_VARIABLE", "MissingDataError", "Sample", "find_data", "samples"]

DATA_VARIABLE: Final = "AUTOFORM_BENCH_DATA"
_BESIDE: Final = Path(__file__).parents[3] / "shared" / "data"
FILES: Final = {
    "humaneval": "humaneval.jsonl",
    "mbpp": "mbpp.jsonl",
    "thealgorithms": "thealgorithms_python.jsonl",
}
_OUTSIDE_WORLD: Final = frozenset({"print", "input", "open", "exec", "eval", "compile", "exit"})


class MissingDataError(Exception):
    """The data are not where they were looked for; the message says where that was."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One source file of a corpus with its tests beside it.

    `counted` are the functions that the share is taken of: all of HumanEval and MBPP, the pure
    top-level ones of TheAlgorithms. `calls` are argument texts of calls in the tests.
    """

    corpus: str
    name: str
    text: str
    counted: tuple[str, ...]
    calls: tuple[tuple[str, tuple[str, ...]], ...]


def find_data(argument: str | None) -> Path:
    """The folder of the data: the argument, the environment's, or the one beside the checkout."""
    folder = Path(argument or os.environ.get(DATA_VARIABLE) or _BESIDE)
    missing = [name for name in FILES.values() if not (folder / name).is_file()]
    if missing:
        raise MissingDataError(
            f"no {', '.join(missing)} in {folder}: name the folder with --data or {DATA_VARIABLE}"
        )
    return folder


def samples(folder: Path, corpus: str, limit: int | None = None) -> Iterator[Sample]:
    """The files of one corpus, in the order of the data."""
    with (folder / FILES[corpus]).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield _READERS[corpus](json.loads(line))


def _humaneval(row: dict[str, Any]) -> Sample:
    """The tests are asserts over `candidate` in a function: they are put at module level."""
    asserts = [
        ast.unparse(_Renamed(row["entry_point"]).visit(node))
        for node in ast.walk(ast.parse(row["test"]))
        if isinstance(node, ast.Assert)
    ]
    return _with_tests("humaneval", row["id"], row["source"], asserts)


def _mbpp(row: dict[str, Any]) -> Sample:
    source = "\n".join((*row["imports"], row["source"]))
    return _with_tests("mbpp", row["id"], source, row["tests"])


def _thealgorithms(row: dict[str, Any]) -> Sample:
    return Sample("thealgorithms", row["id"], row["source"], pure_functions(row["source"]), ())


_READERS: Final = {"humaneval": _humaneval, "mbpp": _mbpp, "thealgorithms": _thealgorithms}


class _Renamed(ast.NodeTransformer):
    """Names the function under test instead of `candidate`."""

    def __init__(self, name: str) -> None:
        self._name = name

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._name, node.ctx) if node.id == "candidate" else node


def _with_tests(corpus: str, name: str, source: str, asserts: list[str]) -> Sample:
    functions = tuple(
        node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    )
    text = source.rstrip() + "\n\n\n" + "\n".join(asserts) + "\n"
    calls = tuple(call for each in asserts for call in _calls(each, functions))
    return Sample(corpus, name, text, functions, calls)


def _calls(text: str, functions: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Calls of the functions with plain positional arguments, anywhere in a statement."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in functions:
                yield name, tuple(map(ast.unparse, args))
            case _:
                pass


def pure_functions(text: str) -> tuple[str, ...]:
    """Top-level functions without I/O, globals, attribute stores, yield, async, try or with.

    Of a file that this Python cannot parse, none are counted.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ()
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return tuple(name for name, node in functions.items() if _is_pure(node))


def _is_pure(function: ast.FunctionDef) -> bool:
    return not any(map(_is_impure, ast.walk(function)))


def _is_impure(node: ast.AST) -> bool:
    match node:
        case (
            ast.Global()
            | ast.Nonlocal()
            | ast.Yield()
            | ast.YieldFrom()
            | ast.Await()
            | ast.AsyncFunctionDef()
            | ast.AsyncFor()
            | ast.AsyncWith()
            | ast.Try()
            | ast.TryStar()
            | ast.With()
        ):
            return True
        case ast.Attribute(ctx=ast.Store() | ast.Del()):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in _OUTSIDE_WORLD
        case _:
            return False
