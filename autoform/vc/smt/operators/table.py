"""What a row of the operators' tables is, and how most rows are made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from autoform.ir import exprs as ir
from autoform.vc.smt.binding import z3
from autoform.vc.smt.encoder import Encoder
from autoform.vc.smt.scope import Scope, Term

Encode: TypeAlias = Callable[[Encoder, ir.Apply, Scope], Term]


def plain(build: Callable[..., Term]) -> Encode:
    """An operator whose term is built from its arguments' terms alone."""
    return lambda encoder, expr, scope: build(*encoder.terms(expr.args, scope))


def typed(build: Callable[..., Term]) -> Encode:
    """Like `plain`, but `build` also gets the encoder and the application."""
    return lambda encoder, expr, scope: build(encoder, expr, *encoder.terms(expr.args, scope))


def numeric(sort: z3.SortRef) -> bool:
    """Whether `<` on the sort is the arithmetic order."""
    return sort.kind() in {z3.Z3_INT_SORT, z3.Z3_REAL_SORT}
