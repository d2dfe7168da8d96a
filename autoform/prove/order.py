"""In which order functions are proved: what is called comes before what calls it."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from autoform.ir.decls import Function, Module
from autoform.ir.exprs import Call
from autoform.ir.stmts import CallStmt
from autoform.ir.traversal import walk


def callees(function: Function) -> frozenset[str]:
    """The functions that a function calls, in its contract or its body."""
    nodes = (node for node in walk(function) if isinstance(node, Call | CallStmt))
    return frozenset(node.function for node in nodes)


def groups(module: Module, names: Iterable[str]) -> list[list[str]]:
    """The named functions and all that they need, each with those it recurs with, callees first."""
    graph = nx.DiGraph()
    for function in module.functions:
        graph.add_node(function.name)
        graph.add_edges_from((function.name, callee) for callee in sorted(callees(function)))
    needed: set[str] = set()
    for name in names:
        needed |= {name} | nx.descendants(graph, name)
    condensed = nx.condensation(graph.subgraph(needed))
    order = nx.lexicographical_topological_sort(condensed, key=str)
    members = (sorted(condensed.nodes[group]["members"]) for group in order)
    return list(reversed(list(members)))
