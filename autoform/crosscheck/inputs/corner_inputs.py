"""Inputs made of corners: each parameter at a corner of its type or of its bounds."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from typing import Final

from autoform.crosscheck.inputs.corners import corners
from autoform.crosscheck.inputs.preconditions import Knowledge, Measure
from autoform.crosscheck.inputs.size import Size
from autoform.crosscheck.inputs.strategies import Evaluate
from autoform.crosscheck.observation import Input
from autoform.ir.decls import Function, Module, Param
from autoform.ir.types import INT, is_integer, substitute_type
from autoform.semantics.values import Value

__all__ = ["MOST", "corner_inputs"]

MOST: Final = 64
"""Of more combinations, this many are chosen."""


def corner_inputs(
    function: Function, module: Module, knowledge: Knowledge, size: Size, evaluate: Evaluate
) -> list[Input]:
    """All combinations of corners, or a fixed choice of `MOST` of them that uses each corner."""
    columns = [
        tuple(_column(param, function, module, knowledge, size, evaluate))
        for param in function.params
    ]
    if not all(columns):
        return []
    total = math.prod(map(len, columns))
    if total <= MOST:
        return [_combination(columns, index) for index in range(total)]
    longest = max(map(len, columns))
    rows = [tuple(column[row % len(column)] for column in columns) for row in range(longest)]
    chooser = random.Random(0)  # noqa: S311 - a fixed choice, no secret
    return rows[:MOST] + [
        _combination(columns, chooser.randrange(total)) for _ in range(MOST - len(rows))
    ]


def _column(
    param: Param,
    function: Function,
    module: Module,
    knowledge: Knowledge,
    size: Size,
    evaluate: Evaluate,
) -> Iterator[Value]:
    type_ = substitute_type(param.type, dict.fromkeys(function.type_params, INT))
    if is_integer(type_):
        for target, bounds in knowledge.bounds.items():
            if (target.name, target.depth, target.measure) == (param.name, 0, Measure.VALUE):
                for bound in bounds:
                    limit = evaluate(bound.limit, {})
                    if isinstance(limit, int) and not isinstance(limit, bool):
                        yield limit + bound.offset
    yield from corners(type_, module, size)


def _combination(columns: Sequence[Sequence[Value]], index: int) -> Input:
    """The row of a number in mixed radix."""
    row = []
    for column in columns:
        index, place = divmod(index, len(column))
        row.append(column[place])
    return tuple(row)
