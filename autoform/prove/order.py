"""In which order functions are proved: what is called comes before what calls it."""

from __future__ import annotations

from collections.abc import Iterable

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Call
from autoform.ir.graphs import components, reachable
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import walk


def callees(function: Function) -> frozenset[str]:
    """The functions that a function calls, in its contract or its body."""
    nodes = (node for node in walk(function) if isinstance(node, Call | CallStmt))
    return frozenset(node.function for node in nodes)


def groups(module: Module, names: Iterable[str]) -> list[list[str]]:
    """The named functions and all that they need, each with those it recurs with, callees first."""
    calls = {function.name: sorted(callees(function)) for function in module.functions}
    return [list(group) for group in components(reachable(names, calls.__getitem__))]
