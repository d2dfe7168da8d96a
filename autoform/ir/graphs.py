"""Graphs of names: what calls what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["components", "joined", "reachable"]

Successors = Callable[[str], Iterable[str]]


def reachable(starts: Iterable[str], successors: Successors) -> dict[str, tuple[str, ...]]:
    """The names that can be reached, the starts among them, each with its successors."""
    found: dict[str, tuple[str, ...]] = {}
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = tuple(successors(name))
            waiting += found[name]
    return found


def components(names: Iterable[str], graph: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """What the names reach, in groups that reach each other; successors come first.

    R. Tarjan, "Depth-first search and linear graph algorithms", 1972.
    """
    found: list[tuple[str, ...]] = []
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    path: list[tuple[str, Iterator[str]]] = []

    def enter(name: str) -> None:
        number[name] = low[name] = len(number)
        open_.append(name)
        path.append((name, iter(graph[name])))

    def leave(name: str) -> None:
        path.pop()
        if path:
            low[path[-1][0]] = min(low[path[-1][0]], low[name])
        if low[name] == number[name]:
            place = open_.index(name)
            found.append(tuple(open_[place:]))
            closed.update(open_[place:])
            del open_[place:]

    closed: set[str] = set()
    for start in names:
        if start not in number:
            enter(start)
        while path:
            name, rest = path[-1]
            following = next(rest, None)
            if following is None:
                leave(name)
            elif following not in number:
                enter(following)
            elif following not in closed:
                low[name] = min(low[name], number[following])
    return found


def joined(edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """A number for each name: the same for those that edges join, in whatever direction."""
    neighbours: dict[str, list[str]] = {}
    for one, other in edges:
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    number: dict[str, int] = {}
    for name in neighbours:
        if name not in number:
            number |= dict.fromkeys(reachable([name], neighbours.__getitem__), len(number))
    return number
