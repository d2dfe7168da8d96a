"""Which expressions can raise, told from their operators, types and literal arguments alone.

Never says "cannot" of an expression that can; says "may" of many that cannot, because it knows
nothing of the values of variables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from autoform.ir.exprs import (
    Apply,
    Call,
    Expr,
    FloatLit,
    IntLit,
    StrLit,
    VariantGet,
    type_of,
)
from autoform.ir.node import Node
from autoform.ir.ops import OPS
from autoform.ir.ops.op import bind_arguments
from autoform.ir.traversal import walk
from autoform.ir.types import MachineIntType, Type

_OVERFLOW: Final = "OverflowError"
_NUMERIC_VARIABLES: Final = frozenset({"Number", "Integer", "Target", "Machine"})


def _nonzero(expr: Expr) -> bool:
    return isinstance(expr, IntLit | FloatLit) and expr.value != 0


def _natural(expr: Expr) -> bool:
    return isinstance(expr, IntLit) and expr.value >= 0


def _text_of_length(expr: Expr, *lengths: int) -> bool:
    return isinstance(expr, StrLit) and (
        len(expr.value) in lengths if lengths else expr.value != ""
    )


# Operators whose every exception but overflow is excluded by a literal argument: its position,
# and what the literal must satisfy.
_EXCLUDING_LITERALS: Final[dict[str, tuple[int, Callable[[Expr], bool]]]] = {
    "floor_div": (1, _nonzero),
    "floor_mod": (1, _nonzero),
    "trunc_div": (1, _nonzero),
    "trunc_rem": (1, _nonzero),
    "euclid_div": (1, _nonzero),
    "euclid_mod": (1, _nonzero),
    "py.float_div": (1, _nonzero),
    "py.float_floor_div": (1, _nonzero),
    "py.float_mod": (1, _nonzero),
    "int.pow": (1, _natural),
    "int.wrapping_pow": (1, _natural),
    "int.saturating_pow": (1, _natural),
    "int.checked_pow": (1, _natural),
    "int.shl": (1, _natural),
    "int.shr": (1, _natural),
    "seq.range": (2, _nonzero),
    "seq.slice_step": (3, _nonzero),
    "str.slice_step": (3, _nonzero),
    "str.split": (1, _text_of_length),
    "py.ljust": (2, lambda e: _text_of_length(e, 1)),
    "py.rjust": (2, lambda e: _text_of_length(e, 1)),
    "py.center": (2, lambda e: _text_of_length(e, 1)),
    "py.ord": (0, lambda e: _text_of_length(e, 1)),
}


def own_exceptions(node: Node) -> frozenset[str]:
    """What this very node may raise once its operands have values; `*` stands for anything."""
    match node:
        case Call():
            return frozenset({"*"})
        case VariantGet():
            return frozenset({"Panic"})
        case Apply():
            return _exceptions_of_operator(node)
        case _:
            return frozenset()


def _exceptions_of_operator(node: Apply) -> frozenset[str]:
    found = frozenset(OPS[node.op].raises)
    if not found:
        return found
    if _OVERFLOW in found and not _can_overflow(node):
        found -= {_OVERFLOW}
    if node.op in _EXCLUDING_LITERALS:
        position, excludes = _EXCLUDING_LITERALS[node.op]
        if excludes(node.args[position]):
            found &= {_OVERFLOW}
    return found


_DIVISIONS: Final = frozenset(
    {"floor_div", "floor_mod", "trunc_div", "trunc_rem", "euclid_div", "euclid_mod"}
)


def _can_overflow(node: Apply) -> bool:
    """False for an operator on any number type that is applied to unbounded ones.

    Of divisions only that of the least signed value by -1 overflows.
    """
    if node.op in _DIVISIONS:
        divisor = node.args[1]
        signed = isinstance(node.type, MachineIntType) and node.type.signed
        return signed and not (isinstance(divisor, IntLit) and divisor.value != -1)
    op = OPS[node.op]
    bound: dict[str, Type] = bind_arguments(op, tuple(map(type_of, node.args)))
    numeric = [type_ for name, type_ in bound.items() if name in _NUMERIC_VARIABLES]
    if not numeric:
        return True
    return any(isinstance(type_, MachineIntType) for type_ in (*numeric, node.type))


def may_raise(expr: Node, total_calls: frozenset[str] = frozenset()) -> bool:
    """Whether evaluating the expression may raise. Calls of `total_calls` are known not to."""
    return any(
        own_exceptions(node)
        for node in walk(expr)
        if not (isinstance(node, Call) and node.function in total_calls)
    )
