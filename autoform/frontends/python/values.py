"""What lowering an expression gives: an IR expression and the host's type of its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from autoform.frontends.python.types import BOOL, FLOAT, INT, STR, HostType
from autoform.ir import exprs as ir
from autoform.ir import types as ir_types
from autoform.source import NOWHERE, Span


@dataclass(slots=True, eq=False)
class Val:
    """A lowered expression. `type` may still be unknown, in part or whole."""

    ir: ir.Expr
    type: HostType


def int_val(value: int, span: Span = NOWHERE) -> Val:
    """An integer literal."""
    return Val(ir.IntLit(value, ir_types.INT, span=span), INT)


def float_val(value: float, span: Span = NOWHERE) -> Val:
    """A float literal."""
    return Val(ir.FloatLit(repr(value), span=span), FLOAT)


def bool_val(value: bool, span: Span = NOWHERE) -> Val:  # noqa: FBT001 - the literal's value
    """`True` or `False`."""
    return Val(ir.BoolLit(value, span=span), BOOL)


def str_val(value: str, span: Span = NOWHERE) -> Val:
    """A text literal."""
    return Val(ir.StrLit(value, span=span), STR)


ZERO: Final = ir.IntLit(0, ir_types.INT)
ONE: Final = ir.IntLit(1, ir_types.INT)
MINUS_ONE: Final = ir.IntLit(-1, ir_types.INT)

EXACT_FLOAT_BITS: Final = 53
"""Integers up to this many bits are doubles."""


def is_atom(expr: ir.Expr) -> bool:
    """Whether evaluating the expression does nothing but look."""
    return isinstance(
        expr,
        ir.Var | ir.IntLit | ir.BoolLit | ir.FloatLit | ir.StrLit | ir.NoneLit | ir.ConstRef,
    )
