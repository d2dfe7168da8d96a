"""Inputs that miss a precondition, put right where sorting or removing repetition does it.

`requires` about order and distinctness are written in too many ways to read, and random lists
meet them too rarely to wait for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function
from autoform.ir.types import SeqType, is_ordered

__all__ = ["repairs"]


def repairs(given: Input, function: Function) -> Iterator[Input]:
    """The input with its sequences sorted, then with repeated elements removed, then both."""
    sortable = [
        isinstance(param.type, SeqType) and is_ordered(param.type.element)
        for param in function.params
    ]
    if not any(sortable):
        return
    for change in (_sorted, _distinct, lambda row: _distinct(_sorted(row))):
        changed = tuple(
            change(cast("tuple[Any, ...]", value)) if fits else value
            for value, fits in zip(given, sortable, strict=True)
        )
        if changed != given:
            yield changed


def _sorted(row: tuple[Any, ...]) -> tuple[Any, ...]:
    try:
        return tuple(sorted(row))
    except TypeError:  # options of the IR have an order that their Python values lack
        return row


def _distinct(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(row))
