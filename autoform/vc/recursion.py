"""Which functions call each other: a call inside its own cycle needs a decreasing measure."""

from __future__ import annotations

import networkx as nx

from autoform.ir.decls import Module
from autoform.ir.exprs import Call
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import walk


def cycle_of(module: Module, name: str) -> frozenset[str]:
    """The functions that can call the named one and be called by it; none if it never recurs."""
    graph = nx.DiGraph()
    for function in module.functions:
        graph.add_node(function.name)
        for node in walk(function):
            if isinstance(node, Call | CallStmt):
                graph.add_edge(function.name, node.function)
    component = next(c for c in nx.strongly_connected_components(graph) if name in c)
    if len(component) == 1 and not graph.has_edge(name, name):
        return frozenset()
    return frozenset(component)
