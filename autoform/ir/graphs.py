"""Graphs of names: what calls what.

networkx does the work. It takes longer to import than a small file to prove, and most files hold
nothing for it: graphs without edges between names are answered without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

__all__ = ["components", "joined", "reachable"]

Successors = Callable[[str], Iterable[str]]


def reachable(starts: Iterable[str], successors: Successors) -> dict[str, tuple[str, ...]]:
    """The names that can be reached, the starts among them, each with its successors."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = list(starts)[::-1]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = tuple(successors(name))
            waiting += found[name]
    return found


def components(graph: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The names of a graph in groups that reach each other; successors come first."""
    edges = [(name, other) for name, others in graph.items() for other in others if other != name]
    if not edges:
        return [(name,) for name in graph]
    import networkx as nx

    condensed = nx.condensation(_directed(graph, edges))
    order = reversed(list(nx.lexicographical_topological_sort(condensed)))
    return [tuple(sorted(condensed.nodes[group]["members"])) for group in order]


def _directed(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> object:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from(edges)
    return graph


def joined(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """A number for each name: the same for those that edges join, in whatever direction."""
    between = [(one, other) for one, other in edges if one != other]
    if not between:
        return {name: place for place, name in enumerate(names)}
    import networkx as nx

    found = nx.weakly_connected_components(_directed(names, between))
    return {name: place for place, component in enumerate(found) for name in component}
