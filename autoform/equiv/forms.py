"""Whether two functions are the same text but for names: then nothing can tell them apart."""

from __future__ import annotations

from dataclasses import replace

from autoform.equiv.joining import calls_of, renamed_calls
from autoform.ir.decls import Function, Module
from autoform.ir.traversal import declared_names, rename

__all__ = ["same_form"]


def same_form(
    first: Function,
    of: Module,
    second: Function,
    other: Module,
    assumed: frozenset[tuple[str, str]] = frozenset(),
) -> bool:
    """Whether the bodies are equal when variables are numbered in order of occurrence.

    Functions that they call are the same in turn; calls of themselves, by induction.
    """
    pair = (first.name, second.name)
    if pair in assumed:
        return True
    assumed |= {pair}
    callees, others = calls_of(first), calls_of(second)
    if len(callees) != len(others):
        return False
    names = dict(zip(others, callees, strict=True))
    if any(names[b] != a for a, b in zip(callees, others, strict=True)):
        return False
    if _numbered(first).body != renamed_calls(_numbered(second), names).body:
        return False
    return _signature(first) == _signature(second) and all(
        same_form(of.function(a), of, other.function(b), other, assumed) for b, a in names.items()
    )


def _signature(function: Function) -> tuple[object, ...]:
    return function.result, tuple((param.type, param.inout) for param in function.params)


def _numbered(function: Function) -> Function:
    """The function with variables called by their numbers; no invariants, no contract."""
    names = {name: f"#{number}" for number, name in enumerate(declared_names(function))}
    return replace(rename(function, names), name="")
