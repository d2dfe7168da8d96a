"""The source text of a function: its own lines, and the least program that it stands in.

What a row holds as its source must lift by itself to the same IR as the whole file did; `slices`
proposes programs, the smallest first, and whoever asks tries them.
"""

from __future__ import annotations

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from typing import Final

__all__ = ["normal_text", "own_text", "sha256", "slices"]

_RUST_COMMENT: Final = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_RUST_TOKEN: Final = re.compile(r'"(?:\\.|[^"\\])*"|\w+|[^\w\s]')


def sha256(text: str) -> str:
    """The hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def own_text(text: str, language: str, name: str, lines: tuple[int, int]) -> str:
    """The lines of a top-level function, decorators and all; `lines` where it is not found."""
    if language == "python" and (tree := _parsed(text)) is not None:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                return _lines(text, _first_line(node), node.end_lineno or node.lineno)
    return _lines(text, *lines)


def _lines(text: str, first: int, last: int) -> str:
    return "\n".join(text.split("\n")[first - 1 : last]) + "\n"


def _first_line(node: ast.stmt) -> int:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return min([node.lineno, *(each.lineno for each in node.decorator_list)])
    return node.lineno


def normal_text(text: str, language: str) -> str:
    r"""The text without comments, documentation and layout.

    >>> normal_text("def f(n):  # twice\n\n    return 2*n\n", "python")
    'def f ( n ) : return 2 * n'
    """
    if language != "python":
        return " ".join(_RUST_TOKEN.findall(_RUST_COMMENT.sub(" ", text)))
    undocumented = _undocumented(text)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(undocumented).readline))
    except (tokenize.TokenError, SyntaxError):
        return " ".join(text.split())
    layout = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    return " ".join(t.string for t in tokens if t.type not in layout and t.string)


def _undocumented(text: str) -> str:
    """A function printed again without its docstring and its decorators."""
    tree = _parsed(text)
    if tree is None:
        return text
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = []
            if ast.get_docstring(node, clean=False) is not None:
                node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def slices(text: str, language: str, name: str) -> Iterator[str]:
    """Programs with the function, smallest first; the last is the whole text.

    First what the function reaches by its names, then that with the asserts that call it.
    """
    tree = _parsed(text) if language == "python" else None
    if tree is not None:
        kept = _reached(tree.body, name)
        yield _cut(text, [node for node in tree.body if node in kept])
        calling = [n for n in tree.body if isinstance(n, ast.Assert) and name in _names(n)]
        if calling:
            kept |= set(calling)
            yield _cut(text, [node for node in tree.body if node in kept])
    yield text


def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _reached(body: Sequence[ast.stmt], name: str) -> set[ast.stmt]:
    """The top-level statements that define what the function needs, and the imports among these."""
    homes: dict[str, list[ast.stmt]] = {}
    for node in body:
        for defined in _defined(node):
            homes.setdefault(defined, []).append(node)
    kept: set[ast.stmt] = set()
    waiting = [name, "annotations"]
    while waiting:
        for node in homes.pop(waiting.pop(), []):
            if node not in kept:
                kept.add(node)
                waiting.extend(_names(node))
    return kept


def _defined(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                yield (alias.asname or alias.name).split(".")[0]
        case ast.Assign(targets=targets):
            yield from (t.id for t in targets if isinstance(t, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case _:
            pass


def _names(node: ast.AST) -> set[str]:
    """Names read anywhere inside, in annotations written as text too."""
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and len(each.value) < 80:
            found.update(re.findall(r"[A-Za-z_]\w*", each.value))
    return found


def _cut(text: str, nodes: Sequence[ast.stmt]) -> str:
    """The nodes' lines, imports together and two empty lines around everything else."""
    parts: list[str] = []
    after_import = True
    for node in nodes:
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        own = _lines(text, _first_line(node), node.end_lineno or node.lineno)
        parts.append(own if is_import and after_import else "\n\n" + own)
        after_import = is_import
    return "".join(parts).lstrip("\n")
