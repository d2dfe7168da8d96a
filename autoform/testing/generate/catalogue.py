"""Which operators give a type, and which arguments keep them from running away."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from autoform.ir.exprs import Expr, IntLit, StrLit
from autoform.ir.ops import OPS, Op
from autoform.ir.ops.op import can_stand_for
from autoform.ir.types import INT, FloatType, Type, TypeVar, match_type, walk_type

SMALL: Final[dict[str, frozenset[int]]] = {
    op: frozenset(positions)
    for op, positions in {
        "int.pow": (1,),
        "int.shl": (1,),
        "int.checked_pow": (1,),
        "int.wrapping_pow": (1,),
        "int.saturating_pow": (1,),
        "int.pow_mod": (1,),
        "int.rotate_left": (1,),
        "int.rotate_right": (1,),
        "int.factorial": (0,),
        "int.comb": (0, 1),
        "int.perm": (0, 1),
        "py.round_digits": (1,),
        "py.round_int_digits": (1,),
        "str.repeat": (1,),
        "seq.repeat": (1,),
        "seq.range": (0, 1),
        "py.zfill": (1,),
        "py.ljust": (1,),
        "py.rjust": (1,),
        "py.center": (1,),
    }.items()
}
"""Arguments that say how big the result is: they are taken from zero to four."""

GROWING: Final = frozenset(
    {"mul", "int.pow", "int.shl", "int.lcm", "int.factorial", "int.comb", "int.perm"}
    | {"seq.product", "seq.concat", "seq.repeat", "seq.flatten", "seq.replace_slice", "seq.insert"}
    | {"str.concat", "str.repeat", "str.replace", "str.replace_n", "str.join", "seq.windows"}
    | {"py.bin", "int.saturating_pow", "py.title", "float.trunc"}
)
"""Operators that, over and over, make their result explode: they do not stand in loops."""

FIXED: Final[dict[tuple[str, int], tuple[Expr, ...]]] = {
    ("py.format_int", 1): tuple(map(StrLit, ("", "5", "<4", "03d", ",", "x", "+d"))),
    ("py.format_float", 1): tuple(map(StrLit, ("", ".2f", "8.1f", "e", "+.3g", ".0%"))),
    ("py.format_str", 1): tuple(map(StrLit, ("", "5", ">6", "^3", "*<4", ".2"))),
    ("char.to_digit", 1): tuple(IntLit(n, INT) for n in (2, 8, 10, 16, 36)),
    ("py.str_to_int_base", 1): tuple(IntLit(n, INT) for n in (0, 2, 10, 16, 36, 1)),
    ("seq.range", 2): tuple(IntLit(n, INT) for n in (1, 1, 2, -1)),
    ("seq.slice_step", 3): tuple(IntLit(n, INT) for n in (1, 2, -1)),
    ("str.slice_step", 3): tuple(IntLit(n, INT) for n in (1, 2, -1)),
}
"""Arguments taken from a list."""

CONTRACT_ONLY: Final = frozenset({"implies"})

_ORDERED_BY_VALUE: Final = frozenset(
    {"seq.sorted", "seq.sorted_desc", "seq.sort_by", "seq.sort_by_desc", "seq.is_sorted"}
    | {"seq.min", "seq.max", "seq.min_by", "seq.max_by", "seq.last_max_by"}
)
"""Operators that say nothing of NaN: they are not applied to doubles."""


@lru_cache(maxsize=1024)
def giving(type_: Type, ops: frozenset[str]) -> tuple[Op, ...]:
    """The operators among those whose result can be of the type."""
    return tuple(op for name, op in OPS.items() if name in ops and _fits(op.result, type_))


def _fits(scheme: Type, type_: Type) -> bool:
    bindings: dict[str, Type] = {}
    if not match_type(scheme, type_, bindings):
        return False
    return all(_can_be(name, bound) for name, bound in bindings.items())


def _can_be(variable: str, type_: Type) -> bool:
    """Whether the catalogue allows it; of a type variable it allows more than can be run."""
    plain = len(variable) == 1
    return plain or (can_stand_for(TypeVar(variable), type_) and not isinstance(type_, TypeVar))


def suits(op: Op, args: tuple[Type, ...]) -> bool:
    """Whether the operator means something on all values of the types."""
    floats = any(isinstance(part, FloatType) for arg in args for part in walk_type(arg))
    return not (floats and op.name in _ORDERED_BY_VALUE)
