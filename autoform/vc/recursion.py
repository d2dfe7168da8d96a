"""Which functions call each other: a call inside its own cycle needs a decreasing measure."""

from __future__ import annotations

from autoform.ir.decls import Module
from autoform.ir.exprs import Call
from autoform.ir.graphs import components, reachable
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import walk


def cycle_of(module: Module, name: str) -> frozenset[str]:
    """The functions that can call the named one and be called by it; none if it never recurs."""
    functions = {function.name: function for function in module.functions}

    def callees(caller: str) -> list[str]:
        nodes = walk(functions[caller]) if caller in functions else ()
        return [node.function for node in nodes if isinstance(node, Call | CallStmt)]

    graph = reachable([name], callees)
    component = next(group for group in components(graph) if name in group)
    return frozenset(component if len(component) > 1 or name in graph[name] else ())
