"""A generic function at types: `T` becomes `Int`.

Before:

    fn greater<T>(a: T, b: T) -> T { if a < b { return b; } return a; }

After:

    fn greater(a: Int, b: Int) -> Int { if a < b { return b; } return a; }
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final, get_args

from autoform.ir.decls import Function
from autoform.ir.traversal import map_children
from autoform.ir.types import Type, substitute_type

__all__ = ["instantiated"]

_TYPES: Final = get_args(Type)


def instantiated(function: Function, types: Mapping[str, Type]) -> Function:
    """The function with each of the type parameters replaced by a type."""
    bindings = dict(types)

    def change(node: Any) -> Any:  # noqa: ANN401 - a node of the same class
        inner = map_children(node, change)
        changed = {
            each.name: substitute_type(value, bindings)
            for each in fields(inner)
            if isinstance(value := getattr(inner, each.name), _TYPES)
        }
        return replace(inner, **changed) if changed else inner

    kept = tuple(name for name in function.type_params if name not in bindings)
    found: Function = replace(change(function), type_params=kept)
    return found
