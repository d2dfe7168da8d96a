"""A part of a module that stands alone: some functions, and whatever they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from autoform.ir.decls import ConstDecl, Function, Module
from autoform.ir.exprs import Call, ConstRef
from autoform.ir.node import Node
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import walk

__all__ = ["restricted"]


def restricted(module: Module, names: Iterable[str]) -> Module:
    """The named functions, those they call, and the constants that all of these read.

    Functions nested in a named one, `outer.inner`, go with it. Records and enums all stay.
    """
    functions = {function.name: function for function in module.functions}
    consts = {const.name: const for const in module.consts}
    kept: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name in kept:
            continue
        kept.add(name)
        declared: Function | ConstDecl | None = functions.get(name) or consts.get(name)
        if declared is not None:
            waiting.extend(_mentioned(declared))
            waiting.extend(inner for inner in functions if inner.startswith(f"{name}."))
    return replace(
        module,
        functions=tuple(function for name, function in functions.items() if name in kept),
        consts=tuple(const for name, const in consts.items() if name in kept),
    )


def _mentioned(node: Node) -> Iterator[str]:
    for inner in walk(node):
        match inner:
            case Call(function=name) | CallStmt(function=name) | ConstRef(name=name):
                yield name
            case _:
                continue
