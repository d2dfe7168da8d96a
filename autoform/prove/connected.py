"""Parts of a file that can be proved apart from each other: functions joined by calls."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from autoform.ir.decls import Module
from autoform.prove.order import callees

__all__ = ["connected"]


def connected(module: Module, names: Iterable[str]) -> list[list[str]]:
    """The names in groups that no call joins, directly or by others, in the order given."""
    graph = nx.Graph()
    for function in module.functions:
        graph.add_node(function.name)
        graph.add_edges_from((function.name, callee) for callee in callees(function))
        if "." in function.name:
            graph.add_edge(function.name, function.name.rpartition(".")[0])
    number = {
        name: place
        for place, component in enumerate(nx.connected_components(graph))
        for name in component
    }
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(number[name], []).append(name)
    return list(found.values())
