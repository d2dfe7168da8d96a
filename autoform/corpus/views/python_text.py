"""Python source without the contracts that stand in it as decorators."""

from __future__ import annotations

import ast
from typing import Final

__all__ = ["call_arguments", "without_contract"]

_MODULES: Final = frozenset({"icontract", "deal"})


def without_contract(text: str) -> str | None:
    r"""The program without contract decorators and their imports; None when it does not parse.

    >>> without_contract("import deal\n\n@deal.pre(lambda n: n > 0)\ndef f(n):\n    return n\n")
    'def f(n):\n    return n\n'
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    dropped: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=[ast.alias(name=name)]) if name in _MODULES:
                dropped.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            case ast.FunctionDef(decorator_list=decorators):
                for each in decorators:
                    if _module(each) in _MODULES:
                        dropped.update(range(each.lineno, (each.end_lineno or each.lineno) + 1))
            case _:
                pass
    lines = (line for number, line in enumerate(text.split("\n"), 1) if number not in dropped)
    return "\n".join(lines).lstrip("\n")


def _module(decorator: ast.expr) -> str | None:
    match decorator:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
            return name
        case ast.Attribute(value=ast.Name(id=name)):
            return name
        case _:
            return None


def call_arguments(text: str) -> list[str] | None:
    """The positional arguments of a call, each as it stands; None for anything else.

    >>> call_arguments("f([1, 2], 'a, b')")
    ['[1, 2]', "'a, b'"]
    """
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        return None
    match tree:
        case ast.Call(args=args, keywords=[]):
            found = [ast.get_source_segment(text, each) for each in args]
            return [each for each in found if each is not None]
        case _:
            return None
