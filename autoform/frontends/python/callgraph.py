"""Which functions of a module call each other, in the order in which to lift them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autoform.frontends.python.functions import FunctionInfo
from autoform.frontends.python.scopes import Scope


def components(functions: Mapping[str, FunctionInfo]) -> list[list[FunctionInfo]]:
    """The strongly connected components, callees before callers (Tarjan's algorithm)."""
    edges = {name: sorted(set(_callees(info.scope, functions))) for name, info in functions.items()}
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[FunctionInfo]] = []
    for start in functions:
        if start in index:
            continue
        work: list[tuple[str, Iterator[str]]] = [(start, iter(edges[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            name, rest = work[-1]
            callee = next(rest, None)
            if callee is None:
                work.pop()
                if work:
                    caller = work[-1][0]
                    low[caller] = min(low[caller], low[name])
                if low[name] == index[name]:
                    found.append(_component(name, stack, on_stack, functions))
            elif callee not in index:
                index[callee] = low[callee] = len(index)
                stack.append(callee)
                on_stack.add(callee)
                work.append((callee, iter(edges[callee])))
            elif callee in on_stack:
                low[name] = min(low[name], index[callee])
    return found


def _component(
    root: str, stack: list[str], on_stack: set[str], functions: Mapping[str, FunctionInfo]
) -> list[FunctionInfo]:
    members: list[FunctionInfo] = []
    while True:
        name = stack.pop()
        on_stack.discard(name)
        members.append(functions[name])
        if name == root:
            return members[::-1]


def _callees(scope: Scope, functions: Mapping[str, FunctionInfo]) -> Iterator[str]:
    yield from (name for name in scope.globals if name in functions)
    for inner in scope.nested.values():
        yield from _callees(inner, functions)
