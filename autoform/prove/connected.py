"""Parts of a file that can be proved apart from each other: functions joined by calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autoform.ir.decls import Module
from autoform.ir.graphs import joined
from autoform.prove.order import callees

__all__ = ["connected"]


def connected(module: Module, names: Iterable[str]) -> list[list[str]]:
    """The names in groups that no call joins, directly or by others, in the order given."""
    number = joined((function.name for function in module.functions), _edges(module))
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(number[name], []).append(name)
    return list(found.values())


def _edges(module: Module) -> Iterator[tuple[str, str]]:
    for function in module.functions:
        yield from ((function.name, callee) for callee in sorted(callees(function)))
        if "." in function.name:
            yield function.name, function.name.rpartition(".")[0]
